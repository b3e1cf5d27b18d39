package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who decides on registrations is changed by the real command, on running nodes. */
class RegistryMembersIT {

  private static final List<String> HERE = List.of();

  @Test
  void aNodeThatLostItsDiskIsRemovedAndLetInAgainAndThenItsVoteCounts(@TempDir Path folder)
      throws Exception {
    try (BackboneProcesses nodes = new BackboneProcesses(folder, "127.63.0")) {
      BackboneProcesses.IDS.forEach(nodes::launch);
      BackboneProcesses.IDS.forEach(nodes::awaitReady);
      registered(nodes, "b1", "one.test");
      assertThat(registry(nodes, "b1", "members"))
          .contains("b1 ", "b2 ", "b3 ", "127.63.0.3:5801")
          .containsOnlyOnce(", leads");

      assertThat(registry(nodes, "b1", "remove", "b3"))
          .contains("b1 ", "b2 ")
          .doesNotContain("b3 ");
      Awaitility.await("b3 refuses")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            Tool.Result refused = register(nodes, "b3", "late.test");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
            assertThat(refused.output())
                .contains("b3 was removed from the registry, in which [b1, b2] decide");
          });
      registered(nodes, "b2", "two.test");

      nodes.kill("b3");
      nodes.empty("b3");
      nodes.launch("b3");
      nodes.awaitReady("b3");
      assertThat(registry(nodes, "b3", "members")).contains("it waits to be let in");
      assertThat(registry(nodes, "b2", "add", "b3", nodes.registry("b3"))).contains("b3 ");
      Awaitility.await("b3 has everything")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(nodes.zones("b3")).containsOnlyKeys("one.test", "two.test"));

      nodes.kill("b1");
      registered(nodes, "b3", "three.test");
      Awaitility.await("b2 has it too")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(nodes.zones("b2")).containsKey("three.test"));
    }
  }

  private static String registry(BackboneProcesses nodes, String id, String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "registry";
    System.arraycopy(words, 0, command, 1, words.length);
    return nodes.dglb(id, HERE, command).expectSuccess("registry " + String.join(" ", words));
  }

  private static Tool.Result register(BackboneProcesses nodes, String id, String origin)
      throws Exception {
    String document = nodes.document(origin, "e", 1);
    return nodes.dglb(id, HERE, "zone", "register", document, "--approve");
  }

  private static void registered(BackboneProcesses nodes, String id, String origin) {
    Awaitility.await(origin + " at " + id)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          var reply =
              nodes
                  .register(id, origin, "e", 1)
                  .orElseThrow(() -> new AssertionError(id + " does not answer"));
          assertThat(reply.status()).as(reply.tree().encode()).isEqualTo(200);
        });
  }
}
