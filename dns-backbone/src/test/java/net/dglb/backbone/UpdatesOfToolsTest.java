package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lego, cert-manager and external-dns send, sent with nsupdate. */
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
}
