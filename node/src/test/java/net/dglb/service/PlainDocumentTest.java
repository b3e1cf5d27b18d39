package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner's command sends. */
class PlainDocumentTest {

  @Test
  void aPlainDocumentSaysWhatItsOwnerWroteAndNoDefaults(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("policy.conf"), "policy { kind = latency, margin = 1500us }");
    Path file =
        Files.writeString(
            folder.resolve("zone.conf"),
            RegistrationDocumentTest.SMALLEST
                .replace("{ sites {", "{ include \"policy.conf\"\n sites {")
                .replace("zone = www.foobar.test", "zone = ${registration.enterprise}.test")
                .replace("zone = ", "zone = www."));

    String plain = RegistrationDocument.plain(file);

    EnterpriseZone zone = RegistrationDocument.load(file);
    assertThat(RegistrationDocument.readForeign("document", plain)).isEqualTo(zone);
    assertThat(plain).contains("1500us").doesNotContain("include").doesNotContain("hold-down");
    assertThat(RegistrationDocument.render(zone)).contains("hold-down");
  }
}
