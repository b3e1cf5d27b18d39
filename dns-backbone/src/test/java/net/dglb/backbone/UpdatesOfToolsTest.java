package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lego, cert-manager and external-dns send, sent with nsupdate; and Knot's own tools. */
class UpdatesOfToolsTest extends UpdatedBackbone {

  UpdatesOfToolsTest(@TempDir Path folder) {
    super(folder);
  }

  /** lego finds the zone by asking for SOA, name by name, until one answers with its own. */
  @Test
  void whatLegoSendsSetsAndTakesAwayAChallenge() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String name = "_acme-challenge.www.lb.foobar.test";
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(dig(node, "", "lb.foobar.test", "SOA"))
                .containsPattern("lb.foobar.test.\\s+\\d+\\s+IN\\s+SOA"));
    assertThat(dig(node, "", name, "SOA", "+comments")).doesNotContain("REFUSED", "SERVFAIL");
    assertThat(dig(node, "", "www.lb.foobar.test", "SOA")).contains("CNAME");

    for (String proof : List.of("left-over", "proof-1")) {
      assertThat(
              nsupdate(
                  node,
                  "foobar",
                  "zone lb.foobar.test\nupdate delete "
                      + name
                      + " TXT\nupdate add "
                      + name
                      + " 120 TXT "
                      + proof
                      + "\nsend\n"))
          .isEmpty();
    }
    awaitText(node, name, "\"proof-1\"");
    String cleanUp = "zone lb.foobar.test\nupdate delete " + name + " TXT proof-1\nsend\n";
    assertThat(nsupdate(node, "foobar", cleanUp)).isEmpty();
    awaitText(node, name, "");
    assertThat(nsupdate(node, "foobar", cleanUp)).as("again, after a crash").isEmpty();
  }

  /** cert-manager proves a name and its wildcard at once: two texts at one name, told apart. */
  @Test
  void whatCertManagerSendsKeepsChallengesApart() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String name = "_acme-challenge.www.lb.foobar.test";
    for (String proof : List.of("one", "two")) {
      assertThat(
              nsupdate(
                  node,
                  "foobar",
                  "zone lb.foobar.test\nupdate add " + name + " 60 TXT " + proof + "\nsend\n"))
          .isEmpty();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(dig(node, "", name, "TXT", "+short").lines())
                .containsExactlyInAnyOrder("\"one\"", "\"two\""));
    assertThat(
            nsupdate(
                node, "foobar", "zone lb.foobar.test\nupdate delete " + name + " TXT one\nsend\n"))
        .isEmpty();
    awaitText(node, name, "\"two\"");
  }

  /** external-dns sends a message for each record set, with its own marks beside the addresses. */
  @Test
  void whatExternalDnsSendsChangesTheAddressesItMade() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String mark = "TXT \"heritage=external-dns,external-dns/owner=default\"";
    for (String line :
        List.of(
            "update add www.lb.foobar.test 0 A 192.0.2.77",
            "update add www.lb.foobar.test 0 " + mark,
            "update add a-www.lb.foobar.test 0 " + mark,
            "update delete www.lb.foobar.test A 192.0.2.78",
            "update add www.lb.foobar.test 300 A 192.0.2.78",
            "update delete www.lb.foobar.test A 192.0.2.77")) {
      assertThat(nsupdate(node, "foobar", "zone lb.foobar.test\n" + line + "\nsend\n"))
          .as(line)
          .isEmpty();
    }
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
        .contains("192.0.2.78", "heritage=external-dns", "a-www.lb.foobar.test.")
        .doesNotContain("192.0.2.77");
  }

  /** Another implementation of the whole: Knot's tools update, list and ask, with the same key. */
  @Test
  void whatKnotsToolsSendIsSignedTakenAndListed() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/kdig")), "kdig is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/knsupdate")), "knsupdate is not installed");
    BackboneNode node = startWithAnEnterprise();
    register();
    String name = "_acme-challenge.www.lb.foobar.test";
    String before = kdig(node, "foobar", "lb.foobar.test", "AXFR", "+tcp");
    assertThat(before).doesNotContain("192.0.2.77", name);

    assertThat(
            knsupdate(
                node,
                "foobar",
                "update add www.lb.foobar.test 300 A 192.0.2.77\nsend\nupdate add "
                    + name
                    + " 60 TXT proof\nsend\n"))
        .isEmpty();

    awaitText(node, name, "\"proof\"");
    String zone = kdig(node, "foobar", "lb.foobar.test", "AXFR", "+tcp");
    assertThat(zone)
        .containsPattern("www\\.lb\\.foobar\\.test\\.\\s+300\\s+IN\\s+A\\s+192\\.0\\.2\\.77")
        .containsPattern(Pattern.quote(name) + "\\.\\s+60\\s+IN\\s+TXT\\s+\"proof\"")
        .doesNotContain(";; WARNING", ";; ERROR");
    assertThat(zone).as("signed").containsPattern("TSIG\\s.* NOERROR");
    List<String> records =
        zone.lines()
            .filter(line -> !line.isEmpty() && !line.startsWith(";") && !line.contains("\tTSIG\t"))
            .toList();
    assertThat(records.getFirst()).contains("SOA").isEqualTo(records.getLast());

    assertThat(kdig(node, "foobar", name, "TXT")).contains("proof").doesNotContain(";; WARNING");
    assertThat(kdig(node, "rival", "lb.foobar.test", "AXFR", "+tcp"))
        .as("another enterprise's key")
        .contains("REFUSED")
        .doesNotContain("192.0.2.77");
    assertThat(kdig(node, "", "lb.foobar.test", "AXFR", "+tcp"))
        .as("no key")
        .contains("REFUSED")
        .doesNotContain("192.0.2.77");
    assertThat(knsupdate(node, "rival", "update delete www.lb.foobar.test A\nsend\n"))
        .contains("REFUSED");
  }

  private String kdig(BackboneNode node, String key, String... question) throws Exception {
    Endpoint server = node.addresses().getFirst();
    List<String> command =
        new ArrayList<>(
            List.of("/usr/bin/kdig", "@127.0.0.1", "-p", Integer.toString(server.port())));
    if (!key.isEmpty()) {
      command.addAll(List.of("-y", knotKey(key)));
    }
    command.addAll(List.of(question));
    return run(command);
  }

  private String knsupdate(BackboneNode node, String key, String script) throws Exception {
    Path file = folder.resolve("knot-script");
    int port = node.addresses().getFirst().port();
    Files.writeString(file, "server 127.0.0.1 " + port + "\nzone lb.foobar.test\n" + script);
    return run(List.of("/usr/bin/knsupdate", "-y", knotKey(key), file.toString()));
  }
}
