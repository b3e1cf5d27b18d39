package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import net.dglb.node.AdminAnswer;
import org.junit.jupiter.api.Test;

class VoterRoutesTest {

  private final ApiCalls calls = new ApiCalls();

  @Test
  void theOperatorChangesWhichNodesDecideAndTheAuditSaysSo() {
    JsonObject b2 = new JsonObject().put("id", "b2").put("endpoint", "192.0.2.2:5801");
    AdminAnswer added = calls.call(HttpMethod.POST, "/registry/members", b2, Optional.empty());
    assertThat(added.status()).as(added.body().encode()).isEqualTo(200);
    assertThat(added.body().getJsonArray("members"))
        .extracting(each -> ((JsonObject) each).getString("endpoint"))
        .containsExactly("127.0.0.1:5801", "192.0.2.2:5801");

    AdminAnswer again = calls.call(HttpMethod.POST, "/registry/members", b2, Optional.empty());
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body().getString("detail")).isEqualTo("b2 votes already");
    assertThat(
            calls
                .call(HttpMethod.DELETE, "/registry/members/b1", null, Optional.empty())
                .body()
                .getJsonArray("members"))
        .hasSize(1);
    assertThat(calls.registry.state().audit().records())
        .extracting(record -> record.getAction() + " " + record.getSubject())
        .endsWith("add-voter b2 at 192.0.2.2:5801", "remove-voter b1");

    calls.log.away = true;
    assertThat(calls.call(HttpMethod.POST, "/registry/members", b2, Optional.empty()).status())
        .as("in a minority")
        .isEqualTo(503);
    assertThat(
            calls.call(HttpMethod.GET, "/registry/members", null, Optional.of("guessed")).status())
        .as("a stranger")
        .isEqualTo(401);
  }
}
