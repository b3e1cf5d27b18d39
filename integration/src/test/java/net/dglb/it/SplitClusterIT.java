package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three backbone nodes whose network is cut in two: each in a network namespace of its own. */
class SplitClusterIT {

  private static final String NETWORK = "10.77.0";

  @Test
  void aMinorityRefusesAndAnswersAMajorityTakesAndOnceItIsWholeAllAgree(@TempDir Path folder)
      throws Exception {
    Tool.requireNamespaces();
    Tool.require("dig");
    try (SplitNetwork network = new SplitNetwork(NETWORK, BackboneProcesses.IDS);
        BackboneProcesses nodes = new BackboneProcesses(folder, NETWORK)) {
      BackboneProcesses.IDS.forEach(id -> nodes.launch(id, network.at(id)));
      BackboneProcesses.IDS.forEach(nodes::awaitLogged);
      registered(nodes, network, "b2", "before.test");
      awaitZone(network, "b1", "before.test");

      String leader = leader(nodes, network);
      List<String> others = new ArrayList<>(BackboneProcesses.IDS);
      others.remove(leader);
      network.cut(leader);
      long cut = System.nanoTime();

      registered(nodes, network, others.getFirst(), "majority.test");
      print("the majority takes registrations after %.1f s", cut);
      Tool.Result refused = register(nodes, network, leader, "minority.test");
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
      assertThat(refused.output())
          .contains("not confirmed by a majority of the backbone nodes within 4000 ms");
      assertThat(dig(network, leader, "before.test"))
          .as("the minority answers DNS")
          .contains("status: NOERROR", "ANSWER: 1");
      awaitZone(network, others.getLast(), "majority.test");
      assertThat(dig(network, leader, "majority.test"))
          .as("which it has not heard of")
          .contains("status: REFUSED");

      network.heal(leader);
      long whole = System.nanoTime();
      registered(nodes, network, leader, "after.test");
      print("the former leader takes registrations after %.1f s", whole);
      for (String id : BackboneProcesses.IDS) {
        awaitZone(network, id, "after.test");
        assertThat(list(nodes, network, id))
            .as(id)
            .contains("before.test", "majority.test", "after.test");
      }
      assertThat(list(nodes, network, leader)).isEqualTo(list(nodes, network, others.getFirst()));
    }
  }

  private static void registered(
      BackboneProcesses nodes, SplitNetwork network, String id, String origin) {
    Awaitility.await(origin + " registered at " + id)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          Tool.Result result = register(nodes, network, id, origin);
          assertThat(result.exitCode()).as(result.output()).isZero();
        });
  }

  private static Tool.Result register(
      BackboneProcesses nodes, SplitNetwork network, String id, String origin) throws IOException {
    String document = nodes.document(origin, "e", 7);
    return nodes.dglb(id, network.at(id), "zone", "register", document, "--approve");
  }

  private static String list(BackboneProcesses nodes, SplitNetwork network, String id) {
    return nodes.dglb(id, network.at(id), "zone", "list").expectSuccess("zone list");
  }

  private static String leader(BackboneProcesses nodes, SplitNetwork network) {
    String members =
        nodes
            .dglb("b1", network.at("b1"), "registry", "members", "--json")
            .expectSuccess("registry members");
    return new JsonObject(members)
        .getJsonArray("members").stream()
            .map(JsonObject.class::cast)
            .filter(member -> member.getBoolean("leader"))
            .map(member -> member.getString("id"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nobody leads: " + members));
  }

  private static void awaitZone(SplitNetwork network, String id, String origin) {
    Awaitility.await(id + " answers " + origin)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(dig(network, id, origin)).contains("ANSWER: 1"));
  }

  private static String dig(SplitNetwork network, String id, String origin) {
    List<String> command = new ArrayList<>(network.at(id));
    String server = "@" + NETWORK + "." + id.substring(1);
    command.addAll(
        List.of("dig", server, "-p", "5300", "+norec", "+tries=2", "+time=2", origin, "SOA"));
    return Tool.run(command, 20).output();
  }

  private static void print(String format, long since) {
    System.out.printf(format + "%n", (System.nanoTime() - since) / 1e9);
  }
}
