package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import net.dglb.identity.VerifyingKey;
import net.dglb.service.SignedRegistration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {

  @TempDir Path folder;

  @Test
  void aNewKeySignsADocumentAndItsPublicKeyKnowsIt() throws Exception {
    Path document = document();
    assertThat(run("new-key", "foobar.key").exitCode()).isZero();
    CommandLineRun signed =
        run(
            "sign",
            "zone.conf",
            "--key",
            folder.resolve("foobar.key").toString(),
            "--version",
            "5");
    assertThat(signed.exitCode()).as(signed.err()).isZero();
    Path out = folder.resolve("zone.signed.conf");
    assertThat(signed.out()).isEqualTo(out + " is signed, version 5\n");

    SignedRegistration read = SignedRegistration.read("signed", Files.readString(out));
    assertThat(read.isBy(VerifyingKey.load(folder.resolve("foobar.key.pub")))).isTrue();
    assertThat(CommandLineRun.of("check", out.toString()).out()).contains("no problems");

    assertThat(run("new-key", "foobar.key").err()).contains("exists already");
    Files.writeString(document, "registration { version = 1, zonne = x }\n");
    CommandLineRun broken =
        run("sign", "zone.conf", "--key", folder.resolve("foobar.key").toString());
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains(document + ":1: registration.zonne: unknown key");
  }

  private CommandLineRun run(String command, String file, String... more) {
    String[] all = new String[3 + more.length];
    all[0] = "zone";
    all[1] = command;
    all[2] = folder.resolve(file).toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return CommandLineRun.of(all);
  }

  private Path document() throws Exception {
    return Files.writeString(
        folder.resolve("zone.conf"),
        """
        registration {
          version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
          services { "www.lb.foobar.test" {
            check { kind = tcp, port = 80 }
            sites { rome { addresses = ["192.0.2.1"] } }
          } }
        }
        """);
  }
}
