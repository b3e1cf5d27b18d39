package net.dglb.dns.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.dglb.dns.serve.RandomZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of others find nothing wrong with zones that are signed here. */
@Tag("differential")
class ZoneVerifiersTest {

  private static final String LDNS = "/usr/bin/ldns-verify-zone";
  private static final String BIND = "/usr/bin/dnssec-verify";

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void acceptWholeZones(long seed) throws Exception {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      SigningKey key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
      // Names in the data of newer types keep their case when they are signed.
      String text = RandomZone.withSignedDelegations(seed).text() + "web.q 60 HTTPS 1 Www.Web\n";
      Path file = folder.resolve("zone");
      Files.writeString(file, SignedZones.text(SignedZones.records(RandomZone.APEX, text, key)));
      accepts(List.of(LDNS, file.toString()));
      accepts(List.of(BIND, "-z", "-q", "-o", RandomZone.APEX, file.toString()));
    }
  }

  private static void accepts(List<String> command) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(command.getFirst())),
        "skipped: not installed (Debian packages ldnsutils and bind9-utils): " + command);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }
}
