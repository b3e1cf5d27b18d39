package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
