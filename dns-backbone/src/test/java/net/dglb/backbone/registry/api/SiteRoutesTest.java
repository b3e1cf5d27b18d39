package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.node.AdminAnswer;
import org.junit.jupiter.api.Test;

class SiteRoutesTest {

  private final ApiCalls calls = new ApiCalls();

  private AdminAnswer say(String pattern, String state) {
    JsonObject body =
        new JsonObject()
            .put("pattern", pattern)
            .put("state", state)
            .put("who", "ann")
            .put("why", "works on the power");
    return calls.call(HttpMethod.POST, "/sites/said", body, Optional.empty());
  }

  @Test
  void whatTheOperatorSaysIsAgreedInTheLogWithWhoAndWhyAndStandsInTheAudit() {
    AdminAnswer said = say("*/FRA*", "drain");
    assertThat(said.status()).as(said.body().encode()).isEqualTo(200);
    JsonObject listed = calls.call(HttpMethod.GET, "/sites/said", null, Optional.empty()).body();
    assertThat(listed.getJsonArray("said").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("pattern", "*/fra*")
                .put("state", "drain")
                .put("who", "ann (operator)")
                .put("why", "works on the power")
                .put("since", "2026-11-20T00:00:00Z")
                .put("matches", new io.vertx.core.json.JsonArray()));
    assertThat(calls.registry.state().audit().records().getLast())
        .satisfies(record -> {
          assertThat(record.getAction()).isEqualTo("say-sites");
          assertThat(record.getSubject()).isEqualTo("*/fra* drain: works on the power");
          assertThat(record.getActor()).isEqualTo("operator");
        });
    assertThat(RegistryState.fromWire(calls.registry.state().toWire()))
        .as("a snapshot of the log holds it")
        .isEqualTo(calls.registry.state());
  }

  @Test
  void everyChangeHasAHigherVersionWhateverTheClockSays() {
    say("fra", "down");
    long first = calls.registry.said().version();
    say("fra", "up");
    assertThat(calls.registry.said().version()).isEqualTo(first + 1);
    calls.timeline.advance(Duration.ofSeconds(5));
    say("fra", "probed");
    assertThat(calls.registry.said().version()).isEqualTo(calls.timeline.now().toEpochMilli());
    assertThat(calls.registry.said().sayings().all()).isEmpty();
  }

  @Test
  void refusesWhatCannotBeAndWhoeverIsNoOperator() {
    assertThat(say("a/b/c", "down").status()).isEqualTo(400);
    assertThat(say("fra", "gone").body().getString("detail")).contains("expected up, down, drain");
    assertThat(say("fra", "probed").status()).as("nothing was said").isEqualTo(404);
    assertThat(calls.call(HttpMethod.GET, "/sites/said", null, Optional.of("guessed")).status())
        .isEqualTo(401);
    calls.log.away = true;
    assertThat(say("fra", "down").status()).as("in a minority").isEqualTo(503);
    assertThat(calls.registry.said().sayings().all()).isEmpty();
  }
}
