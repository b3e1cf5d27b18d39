package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node, updated with nsupdate and listed with dig. */
class DynamicUpdatesTest extends UpdatedBackbone {

  private static final int AT_ONCE = 20;

  DynamicUpdatesTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void nsupdateChangesTheAddressesOfAServiceAndSetsAChallenge() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();

    assertThat(
            nsupdate(
                node,
                "foobar",
                """
                zone lb.foobar.test
                prereq yxrrset www.lb.foobar.test A
                prereq nxdomain _acme-challenge.www.lb.foobar.test
                update add www.lb.foobar.test 60 A 192.0.2.77
                update add _acme-challenge.www.lb.foobar.test 60 TXT "proof"
                send
                """))
        .isEmpty();

    String listed = dig(node, "foobar", "lb.foobar.test", "AXFR");
    assertThat(listed)
        .contains("ip-192-0-2-77._sites.www.lb.foobar.test.")
        .contains("192.0.2.77")
        .containsPattern("_acme-challenge.www.lb.foobar.test. 60\\s+IN\\s+TXT\\s+\"proof\"");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(dig(node, "", "_acme-challenge.www.lb.foobar.test", "TXT", "+short"))
                .isEqualToIgnoringNewLines("\"proof\""));
    assertThat(dig(node, "", "_acme-challenge.www.lb.foobar.test", "A", "+comments"))
        .as("the name exists")
        .contains("status: NOERROR");
    JsonObject audit = new JsonObject(call("GET", "/audit", null).body());
    assertThat(audit.getJsonArray("records").encode())
        .contains("enterprise foobar key updates.foobar.test")
        .contains("127.0.0.1");

    assertThat(
            nsupdate(
                node,
                "foobar",
                """
                update delete www.lb.foobar.test A 192.0.2.77
                update delete _acme-challenge.www.lb.foobar.test TXT
                send
                """))
        .as("the zone is found by asking")
        .isEmpty();
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
        .doesNotContain("192.0.2.77")
        .doesNotContain("proof");
  }

  @Test
  void aChallengeLeavesTheZonesVersionAloneAndItsSerialGrows() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    long registered = serial(node);

    long last = registered;
    for (String text : List.of("one", "two")) {
      assertThat(
              nsupdate(
                  node,
                  "foobar",
                  "zone lb.foobar.test\nupdate delete _acme-challenge.lb.foobar.test TXT\n"
                      + "update add _acme-challenge.lb.foobar.test 60 TXT "
                      + text
                      + "\nsend\n"))
          .isEmpty();
      awaitText(node, "_acme-challenge.lb.foobar.test", "\"" + text + "\"");
      long now = serial(node);
      assertThat(now).as("serial after %s", text).isGreaterThan(last);
      assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
          .contains("\"" + text + "\"")
          .containsPattern("SOA\\s.* " + now + " ");
      last = now;
    }
    assertThat(new JsonObject(call("GET", "/zones/lb.foobar.test", null).body()).getLong("version"))
        .isEqualTo(1);

    JsonObject changed =
        new JsonObject()
            .put("document", RegistrationDocument.render(Samples.aliased(0)).replace("cdn", "cdn2"))
            .put("base", 1);
    assertThat(stored("POST", "/zones", changed).getLong("version")).isEqualTo(2);
    JsonObject back = new JsonObject().put("version", 1);
    assertThat(stored("POST", "/zones/lb.foobar.test/rollback", back).getLong("version"))
        .isEqualTo(3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(serial(node)).isEqualTo(registered + 4));
    awaitText(node, "_acme-challenge.lb.foobar.test", "\"two\"");
  }

  private long serial(BackboneNode node) throws Exception {
    String soa = dig(node, "", "lb.foobar.test", "SOA", "+short");
    assertThat(soa).isNotEmpty();
    return Long.parseLong(soa.split(" ", -1)[2]);
  }

  @Test
  void theExamplesOfTheDocumentWork() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String document = Files.readString(Path.of("../docs/dynamic-updates.md"));
    List<String> scripts =
        Pattern.compile("```nsupdate\n(.*?)```", Pattern.DOTALL)
            .matcher(document)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(scripts).isNotEmpty();
    for (String script : scripts) {
      String here =
          script.replace(".example", ".test").lines().skip(1).collect(Collectors.joining("\n"));
      assertThat(nsupdate(node, "foobar", here + "\n")).isEmpty();
    }
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
        .contains("frankfurt._sites.www.lb.foobar.test.")
        .contains("proof-of-control")
        .doesNotContain("192.0.2.77");
  }

  @Test
  void whatMayNotBeIsAnsweredAsTheRfcSaysAndChangesNothing() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String before = dig(node, "foobar", "lb.foobar.test", "AXFR");
    String add = "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.77\nsend\n";

    assertThat(nsupdate(node, "", add)).contains("REFUSED");
    assertThat(nsupdate(node, "rival", add)).contains("REFUSED");
    writeKey(
        "unknown", Files.readString(folder.resolve("foobar.key")).replace("updates.", "nobodys."));
    assertThat(nsupdate(node, "unknown", add)).contains("NOTAUTH(BADKEY)");
    writeKey("wrong", Files.readString(folder.resolve("rival.key")).replace("rival", "foobar"));
    assertThat(nsupdate(node, "wrong", add)).contains("BADSIG");
    assertThat(nsupdate(node, "foobar", add.replace("foobar.test", "other.test")))
        .contains("NOTAUTH");
    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nprereq nxdomain www.lb.foobar.test\n"
                    + add.lines().skip(1).reduce("", (one, two) -> one + two + "\n")))
        .contains("YXDOMAIN");
    assertThat(nsupdate(node, "foobar", add.replace("www.lb", "new.lb"))).contains("REFUSED");
    assertThat(toldWhy(node, "", "www.lb.foobar.test", "A", "192.0.2.77"))
        .isEqualTo("REFUSED 18 lb.foobar.test.: not signed");
    assertThat(toldWhy(node, "rival", "www.lb.foobar.test", "A", "192.0.2.77"))
        .isEqualTo(
            "REFUSED 18 enterprise rival key updates.rival.test does not own lb.foobar.test");
    assertThat(toldWhy(node, "foobar", "www.lb.other.test", "A", "192.0.2.77"))
        .isEqualTo("NOTZONE 0 www.lb.other.test. lies outside of the zone lb.foobar.test");
    assertThat(toldWhy(node, "foobar", "www.lb.foobar.test", "MX", "1 mail.foobar.test."))
        .startsWith("REFUSED 18 www.lb.foobar.test MX cannot be added (expected: A and AAAA at");
    assertThat(dig(node, "rival", "lb.foobar.test", "AXFR")).contains("Transfer failed");
    assertThat(dig(node, "", "lb.foobar.test", "AXFR")).contains("Transfer failed");
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR")).isEqualTo(before);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(call("GET", "/audit", null).body())
                .contains("enterprise rival key updates.rival.test does not own lb.foobar.test"));
  }

  @Test
  void refusalsThatWereOnlyCountedAreInTheAuditAfterAStop() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String add = "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.77\nsend\n";
    for (int i = 0; i < 3; i++) {
      assertThat(nsupdate(node, "rival", add)).contains("REFUSED");
    }
    await().atMost(PATIENCE).until(() -> audit().contains("update-zone: enterprise rival key"));
    node.close();

    start("node.admin = \"" + admin + "\"\n");
    await()
        .atMost(PATIENCE)
        .until(() -> audit().contains("update-zone: 2 more times: enterprise rival key"));
  }

  private String audit() throws Exception {
    return call("GET", "/audit", null).body();
  }

  @Test
  void anUpdateIsTakenByEveryNodeOfAClusterUntilThereIsNoMajority() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/nsupdate")), "nsupdate is not installed");
    Endpoint grid1 = OwnEndpoint.next();
    Endpoint grid2 = OwnEndpoint.next();
    admin = OwnEndpoint.next();
    BackboneNode first =
        start("b1", mapping, clustered(grid1, grid2) + "node.admin = \"" + admin + "\"\n");
    BackboneNode second = start("b2", OwnEndpoint.next(), clustered(grid2, grid1));
    await()
        .atMost(PATIENCE)
        .until(() ->
            call("POST", "/enterprises", new JsonObject().put("name", "foobar")).statusCode()
                == 200);
    JsonObject key =
        stored("POST", "/enterprises/foobar/keys", new JsonObject().put("name", "u.foobar.test"));
    writeKey("foobar", key.getString("file"));
    register();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(first.status().toJson().getJsonObject("registry").getString("leader"))
                .isIn("b1", "b2"));

    for (BackboneNode node : List.of(first, second)) {
      String name = "_acme-challenge." + (node == first ? "one" : "two") + ".lb.foobar.test";
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      nsupdate(
                          node,
                          "foobar",
                          "zone lb.foobar.test\nupdate add " + name + " 60 TXT x\nsend\n"))
                  .isEmpty());
      awaitText(first, name, "\"x\"");
      awaitText(second, name, "\"x\"");
    }

    second.close();
    assertThat(toldWhy(first, "foobar", "_acme-challenge.lb.foobar.test", "TXT", "alone"))
        .startsWith("SERVFAIL 0 not confirmed by a majority of the backbone nodes within");
  }

  @Test
  void updatesAtTheSameTimeAllCount() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String script =
          "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.%d\nsend\n"
              .formatted(100 + i);
      Path file = folder.resolve("script-" + i);
      all.add(
          CompletableFuture.supplyAsync(() -> {
            try {
              return nsupdate(node, "foobar", file, script);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }));
    }
    assertThat(all).extracting(CompletableFuture::join).containsOnly("");
    String listed = dig(node, "foobar", "lb.foobar.test", "AXFR");
    for (int i = 0; i < AT_ONCE; i++) {
      assertThat(listed).contains("192.0.2." + (100 + i));
    }
  }

  @Test
  void anAuthoritysZoneTakesChallengesButNoAddresses() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));

    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.77\nsend\n"))
        .contains("REFUSED");
    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nupdate add _acme-challenge.lb.foobar.test 60 TXT x\nsend\n"))
        .isEmpty();
  }
}
