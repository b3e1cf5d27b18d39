package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import net.dglb.config.ConfigException;
import net.dglb.identity.SigningKey;
import net.dglb.identity.VerifyingKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedRegistrationTest {

  private static final String DOCUMENT =
      """
      registration {
        version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
        services { "www.lb.foobar.test" {
          check { kind = tcp, port = 80 }
          sites { rome { addresses = ["192.0.2.1"] } }
        } }
      }
      """;

  @TempDir Path folder;

  private SigningKey key;
  private VerifyingKey known;

  SignedRegistrationTest(@TempDir Path keys) throws Exception {
    SigningKey.create(keys.resolve("a.key"), keys.resolve("a.pub"));
    key = SigningKey.load(keys.resolve("a.key"));
    known = VerifyingKey.load(keys.resolve("a.pub"));
  }

  @BeforeEach
  void anotherKey() throws Exception {
    SigningKey.create(folder.resolve("b.key"), folder.resolve("b.pub"));
  }

  @Test
  void isReadAsItWasSignedAndIsStillADocument() throws Exception {
    String text = SignedRegistration.sign("zone.conf", DOCUMENT, 7, key);
    SignedRegistration read = SignedRegistration.read("signed.conf", text);

    assertThat(read.zone().origin()).hasToString("lb.foobar.test");
    assertThat(read.zone().version()).isEqualTo(7);
    assertThat(read.isBy(known)).isTrue();
    assertThat(read.isBy(VerifyingKey.ofEncoded(known.encoded()))).isTrue();
    assertThat(read.isBy(VerifyingKey.load(folder.resolve("b.pub")))).isFalse();
    assertThat(RegistrationDocument.readForeign("signed.conf", text).withVersion(7))
        .isEqualTo(read.zone());
  }

  @Test
  void noOctetCanBeChanged() throws Exception {
    String text = SignedRegistration.sign("zone.conf", DOCUMENT, 7, key);
    Random random = new Random(20_261_128);
    for (int i = 0; i < 500; i++) {
      int at = random.nextInt(text.length());
      char other = (char) (' ' + random.nextInt(95));
      if (other != text.charAt(at)) {
        String changed = text.substring(0, at) + other + text.substring(at + 1);
        assertThat(isAccepted(changed)).as("%s at %d: %s", other, at, changed).isFalse();
      }
    }
  }

  @Test
  void theSignatureHasOneTextOnly() throws Exception {
    String text = SignedRegistration.sign("zone.conf", DOCUMENT, 7, key);
    int last = text.indexOf("==\n") - 1;
    String sameOctets =
        text.substring(0, last) + (char) (text.charAt(last) + 1) + text.substring(last + 1);

    assertThat(isAccepted(sameOctets)).isFalse();
  }

  private boolean isAccepted(String text) {
    try {
      return SignedRegistration.read("signed.conf", text).isBy(known);
    } catch (ConfigException e) {
      return false;
    }
  }

  @Test
  void whatIsWrongIsToldWithItsLine() throws Exception {
    String text = SignedRegistration.sign("zone.conf", DOCUMENT, 7, key);
    assertThat(problem(DOCUMENT))
        .isEqualTo("x.conf:1: no signed registration (expected: # dglb-signed-registration 1)");
    assertThat(problem(text.replace("# version 7", "# version none")))
        .isEqualTo("x.conf:3: version: none (expected: a whole number from 1)");
    assertThat(problem(text.replace("# enterprise foobar", "# enterprise evil")))
        .isEqualTo("x.conf:2: enterprise: evil (expected: foobar, as in the document)");
    assertThat(problem(text.replace("# signature ", "# signature !")))
        .isEqualTo("x.conf:4: signature: not in base64");
    assertThat(problem(text.replace("port = 80", "port = 0")))
        .startsWith("x.conf:8: ")
        .contains("check.port");
    assertThatThrownBy(() -> SignedRegistration.sign("zone.conf", DOCUMENT, 0, key))
        .hasMessage("version: 0 (expected: from 1)");
  }

  private static String problem(String text) {
    try {
      SignedRegistration.read("x.conf", text);
      return "none";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
