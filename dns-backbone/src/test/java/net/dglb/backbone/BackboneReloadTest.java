package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.dglb.identity.Secret;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Files that change while a node runs. */
class BackboneReloadTest extends LoopbackBackbone {

  BackboneReloadTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aGrantThatIsTakenAwayInTheFileEndsReferralsUntilItIsGivenAgain() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");

    edit("b1.conf", "load-balancers.lb-nyc {", "load-balancers.lb-lon {");
    node.reload();
    awaitAnswer(node, "20 label.www.lb.foobar.test.");
    assertThat(node.status().toJson().getJsonArray("load-balancers").getJsonObject(0).getMap())
        .containsEntry("connected", true)
        .containsEntry("left-out", "load balancer lb-nyc was granted nothing here");

    node.close();
    BackboneNode restarted = BackboneNode.open(folder.resolve("b1.conf"));
    open.add(restarted);
    restarted.start();
    assertThat(answer(restarted, "www.lb.foobar.test."))
        .as("what is in the journal is judged too")
        .containsExactly("20 label.www.lb.foobar.test.");

    edit("b1.conf", "load-balancers.lb-lon {", "load-balancers.lb-nyc {");
    restarted.reload();
    awaitAnswer(restarted, "3600 lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void aShorterTtlIsInTheNextAnswer() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    awaitAnswer(node, "20 label.www.lb.foobar.test.");

    append("dns { short-ttl = 7s, contact = somebody.dglb.test }");

    awaitAnswer(node, "7 label.www.lb.foobar.test.");
    assertThat(soa(node)).contains("somebody.dglb.test.");
  }

  @Test
  void sessionsComeToAnotherEndpointAndDnsToOtherAddresses() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    awaitAnswer(node, "20 label.www.lb.foobar.test.");
    Endpoint before = mapping;
    mapping = OwnEndpoint.next();

    append(
        "mapping.listen = [\"%s\"]\ndns { listen = [\"127.0.0.4:0\"], label-listen = [\"127.0.0.5:0\"] }"
            .formatted(mapping));
    await()
        .ignoreExceptions()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          BindFailure.probe("TCP", before);
          assertThat(node.addresses()).singleElement().asString().startsWith("127.0.0.4:");
          assertThat(node.labelAddresses()).singleElement().asString().startsWith("127.0.0.5:");
        });

    loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void aFallbackMapMayComeLaterAndGoAgain() throws Exception {
    Files.writeString(folder.resolve("map.csv"), "127.0.0.0/8,lb-nyc\n");
    BackboneNode node = start("");

    append("fallback.computed-map = map.csv");
    awaitPrefixes(node, "computed", 1);

    edit("b1.conf", "fallback.computed-map = map.csv", "");
    awaitPrefixes(node, "computed", 0);
  }

  @Test
  void theMapKeyIsReplacedWhileTheNodeRunsAndTheOldOneMayGo() throws Exception {
    Secret.create(folder.resolve("map-2.key"));
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");

    append("map.key = map-2.key");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().toJson().getJsonObject("configuration").encode())
                .contains("could not be opened any more (expected: that one among"));
    append("map.previous-keys = [map.key]");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonObject status = node.status().toJson();
          assertThat(status.getJsonObject("configuration").getJsonArray("problems")).isEmpty();
          assertThat(status.getJsonObject("sealed-before"))
              .isEqualTo(new JsonObject().put("entries", 0).put("secrets", 0));
        });

    node.close();
    edit("b1.conf", "map.previous-keys = [map.key]", "");
    edit("b1.conf", "map.key = map.key", "");
    BackboneNode restarted = BackboneNode.open(folder.resolve("b1.conf"));
    open.add(restarted);
    restarted.start();
    awaitAnswer(restarted, "3600 lb-nyc.www.lb.foobar.test.");
    assertThat(restarted.status().toJson().getJsonObject("resolver-map").getLong("foreign-entries"))
        .isZero();
  }

  @Test
  void theRegistrysLogIsOpenedAnewAndKeepsWhatItConfirmed() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    awaitAnswer(node, "20 label.www.lb.foobar.test.");

    Endpoint opened = OwnEndpoint.next();
    append("registry.peers.b1.endpoint = \"%s\"".formatted(opened));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThatThrownBy(() -> BindFailure.probe("TCP", opened))
                .as("somebody listens there")
                .isInstanceOf(BindFailure.class));
    authority("foobar", Samples.aliased(2));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().toJson().getJsonArray("zones").encode())
                .contains("\"version\":2"));
  }

  private static String soa(BackboneNode node) throws Exception {
    SimpleResolver resolver = new SimpleResolver(node.addresses().getFirst().toSocketAddress());
    return resolver
        .send(
            Message.newQuery(Record.newRecord(Name.fromString("dglb.test."), Type.SOA, DClass.IN)))
        .toString();
  }

  private static void awaitPrefixes(BackboneNode node, String table, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().toJson().getJsonObject("prefixes").getMap())
                .containsEntry(table, count));
  }

  private void append(String lines) throws IOException {
    Path file = folder.resolve("b1.conf");
    Files.writeString(file, Files.readString(file) + lines + "\n");
  }

  @Test
  void aBrokenFileIsNamedWithItsLineAndChangesNoAnswer() throws Exception {
    Path map = folder.resolve("map.csv");
    Path locations = folder.resolve("locations.csv");
    Files.writeString(map, "127.0.0.0/8,lb-nyc\n");
    Files.writeString(locations, "127.0.0.0/8,40.7,-74.0\n");
    BackboneNode node = start("fallback { computed-map = map.csv, locations = locations.csv }\n");
    authority("foobar", Samples.aliased(1));
    loadBalancer("lb-nyc", "127.9.0.0/16");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");

    Files.writeString(map, "127.0.0.0/8,lb-nyc\n127.1.0.0/16,lb-nyc\n");
    Files.writeString(locations, "127.0.0.0/8,40.7,-74.0\n127.2.0.0/16,51.5,-0.1\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().toJson().getJsonObject("prefixes").getMap())
                .containsEntry("computed", 2)
                .containsEntry("located", 2));

    Files.writeString(map, "127.0.0.0/8,lb-nyc\nno prefix,lb-nyc\n");
    Files.writeString(locations, "127.0.0.0/8,40.7,-74.0\n127.2.0.0/16,far,away\n");
    edit("b1.conf", "127.0.0.0/8\"]", "127.0.0.0/99\"]");
    node.reload();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(node.status().toJson().encode())
                .contains("map.csv:2", "locations.csv:2", "b1.conf:14"));

    assertThat(answer(node, "www.lb.foobar.test."))
        .containsExactly("3600 lb-nyc.www.lb.foobar.test.");
    assertThat(node.status().toJson().getJsonObject("prefixes").getMap())
        .containsEntry("resolvers", 1)
        .containsEntry("computed", 2)
        .containsEntry("located", 2);
  }
}
