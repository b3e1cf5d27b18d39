package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.node.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operating.md says of readiness holds for each kind of node. */
class DocumentedReadinessTest {

  @Test
  void eachKindOfNodeTellsWhetherItIsReadyInBothForms(@TempDir Path folder) throws Exception {
    try (RunningNodes nodes = new RunningNodes(folder)) {
      for (NodeRole kind : List.of(NodeRole.AUTHORITY, NodeRole.BACKBONE, NodeRole.LOAD_BALANCER)) {
        HttpResponse<String> json = nodes.get(kind, "/readyz", "*/*");
        assertThat(json.statusCode()).as(kind.word()).isEqualTo(200);
        assertThat(new JsonObject(json.body()))
            .isEqualTo(new JsonObject("{\"state\": \"ready\", \"unmet\": []}"));
        assertThat(nodes.get(kind, "/readyz", "text/plain").body()).isEqualTo("ready\n");

        nodes.node(kind).readiness().stopping();
        HttpResponse<String> stopping = nodes.get(kind, "/readyz", "text/plain");
        assertThat(stopping.statusCode()).as(kind.word()).isEqualTo(503);
        assertThat(stopping.body())
            .startsWith("not ready\nrunning, since ")
            .contains("the node is stopping; to do: ");
      }
    }
  }

  @Test
  void theConditionsOfThePageAreThoseOfTheNodes() throws Exception {
    String page = Files.readString(Path.of("..").resolve("docs/operating.md"));
    String starting = new Readiness(InstantSource.system()).unmet().getFirst().condition();
    for (String condition : List.of(starting, "registrations", "delegations", "labels")) {
      assertThat(page).contains("| `" + condition + "` | ");
    }
  }
}
