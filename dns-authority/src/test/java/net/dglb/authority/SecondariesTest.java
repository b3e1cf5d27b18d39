package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The node as the primary of real secondaries: every step signed. */
class SecondariesTest {

  private static final DomainName KEY = DomainName.of("transfer.foobar.test");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final List<SecondaryProcess> secondaries = new ArrayList<>();
  private final TsigKey key = TsigKey.random(KEY, TsigAlgorithm.HMAC_SHA256);
  private Endpoint primary;
  private AuthorityNode node;

  @BeforeEach
  void startThePrimaryAndWhatSecondariesThereAre() throws Exception {
    primary = OwnEndpoint.next();
    key.write(folder.resolve("transfer.key"));
    TsigKey.random(DomainName.of("stranger.test"), TsigAlgorithm.HMAC_SHA256)
        .write(folder.resolve("stranger.key"));
    int nsd = SecondaryProcess.port();
    int knot = SecondaryProcess.port();
    int bind = SecondaryProcess.port();
    writeZone(1);
    Files.writeString(folder.resolve("node.conf"), config(nsd, knot, bind));
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
    if (installed("/usr/sbin/nsd")) {
      secondaries.add(SecondaryProcess.nsd(newFolder("nsd"), nsd, primary, key));
    }
    if (installed("/usr/sbin/knotd")) {
      secondaries.add(SecondaryProcess.knot(newFolder("knot"), knot, primary, key));
    }
    if (installed("/usr/sbin/named")) {
      secondaries.add(SecondaryProcess.bind(newFolder("bind"), bind, primary, key));
    }
  }

  private static boolean installed(String program) {
    return Files.isExecutable(Path.of(program));
  }

  private Path newFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private void writeZone(int version) throws IOException {
    StringBuilder zone =
        new StringBuilder(
            """
            $TTL 300
            @ SOA ns1 hostmaster 1 7200 3600 1209600 60
            @ NS ns1
            ns1 A 127.0.0.1
            *.wild TXT "any" "name"
            cut NS ns.cut
            ns.cut A 192.0.2.53
            """);
    zone.append("changing A 192.0.2.").append(version).append('\n');
    for (int i = 0; i < 3_000; i++) {
      zone.append("host-").append(i).append(" A 198.18.").append(i / 250).append('.');
      zone.append(1 + i % 250).append('\n');
    }
    Files.writeString(folder.resolve("foobar.zone"), zone);
  }

  private String config(int... told) {
    StringBuilder notified = new StringBuilder();
    for (int each : told) {
      notified.append("{ to = \"127.0.0.1:%d\", key = %s }\n".formatted(each, KEY));
    }
    return """
    node { id = foobar, state = state, admin = "127.0.0.1:0", watch-interval = 100ms }
    dns { listen = ["%s"] }
    tsig-keys = [ transfer.key, stranger.key ]
    zones = [ {
      origin = foobar.test, file = foobar.zone
      transfer = [ { key = %s, from = ["127.0.0.0/8"] } ]
      notify = [ %s ]
    } ]
    """
        .formatted(primary, KEY, notified);
  }

  @AfterEach
  void stop() {
    secondaries.forEach(SecondaryProcess::close);
    node.close();
  }

  @Test
  void secondariesFollowEveryChangeBySignedIncrementalTransfers() throws Exception {
    assumeTrue(!secondaries.isEmpty(), "neither NSD nor Knot nor BIND is installed");
    awaitSerial(1);
    writeZone(2);
    awaitSerial(2);
    writeZone(3);
    awaitSerial(3);
    for (SecondaryProcess secondary : secondaries) {
      assertThat(secondary.ask("changing.foobar.test.", Type.A).getSection(Section.ANSWER))
          .as(secondary.name())
          .extracting(record -> record.rdataToString())
          .containsExactly("192.0.2.3");
      assertThat(secondary.ask("host-2999.foobar.test.", Type.A).getSection(Section.ANSWER))
          .as(secondary.name())
          .hasSize(1);
    }
    Awaitility.await("a transfer counts once its end is written, which a secondary may have read")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().parts().get("transfers"))
                .as("each got the whole zone once, and then what had changed, twice")
                .hasToString(
                    "{whole=%d, changes=%d, refused=0, broken=0}"
                        .formatted(secondaries.size(), 2 * secondaries.size())));
    Awaitility.await("acknowledgements")
        .atMost(PATIENCE)
        .until(() ->
            String.valueOf(node.status().parts().get("secondaries"))
                    .split("serial 3 acknowledged")
                    .length
                == secondaries.size() + 1);
  }

  private void awaitSerial(long serial) {
    for (SecondaryProcess secondary : secondaries) {
      Awaitility.await(secondary.name() + " with serial " + serial)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .conditionEvaluationListener(null)
          .untilAsserted(() ->
              assertThat(secondary.serial())
                  .as(() -> secondary.name() + " said: " + secondary.log())
                  .isEqualTo(serial));
    }
  }

  @Test
  void digGetsTheWholeZoneWithTheKeyAndNothingWithoutOrWithAnother() throws Exception {
    assumeTrue(installed("/usr/bin/dig"), "dig is not installed");
    List<String> whole =
        dig("-k", folder.resolve("transfer.key").toString(), "AXFR").lines().toList();
    assertThat(whole.stream().filter(line -> line.contains("\tA\t"))).hasSize(3_003);
    assertThat(whole.stream().filter(line -> line.contains("\tSOA\t"))).hasSize(2);
    assertThat(dig("AXFR")).contains("Transfer failed");
    assertThat(dig("-k", folder.resolve("stranger.key").toString(), "AXFR"))
        .contains("Transfer failed");
    assertThat(dig("-k", folder.resolve("transfer.key").toString(), "IXFR=1"))
        .as("nothing has changed since serial 1")
        .contains("\tSOA\t")
        .doesNotContain("host-1.foobar.test");
    assertThat(dig("-k", folder.resolve("transfer.key").toString(), "SOA", "+cookie"))
        .as("an ordinary query that is signed")
        .contains("status: NOERROR")
        .contains("TSIG");
  }

  @Test
  void kdigGetsTheZoneOverASignedTransferAsWell() throws Exception {
    assumeTrue(installed("/usr/bin/kdig"), "kdig is not installed");
    String text =
        run(
            "/usr/bin/kdig",
            "@" + primary.address().getHostAddress(),
            "-p",
            Integer.toString(primary.port()),
            "-y",
            "hmac-sha256:%s:%s"
                .formatted(KEY, Base64.getEncoder().encodeToString(key.secret().getEncoded())),
            "foobar.test",
            "AXFR");
    assertThat(text.lines().filter(line -> line.contains("198.18."))).hasSize(3_000);
    assertThat(text).doesNotContain(";; WARNING").doesNotContain(";; ERROR");
  }

  @Test
  void updatesOfMasterFilesAreRefused() throws Exception {
    assumeTrue(installed("/usr/bin/nsupdate"), "nsupdate is not installed");
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        """
        server %s %d
        zone foobar.test
        update add new.foobar.test 60 A 192.0.2.1
        send
        """
            .formatted(primary.address().getHostAddress(), primary.port()));
    String key = folder.resolve("transfer.key").toString();
    assertThat(run("/usr/bin/nsupdate", "-k", key, script.toString()))
        .contains("update failed: REFUSED");
  }

  private String dig(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/dig",
                "@" + primary.address().getHostAddress(),
                "-p",
                Integer.toString(primary.port())));
    command.add("foobar.test");
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
