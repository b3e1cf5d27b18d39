package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import org.junit.jupiter.api.Test;

class AuditRouteTest {

  private final ApiCalls calls = new ApiCalls();
  private final List<AdminRoute> routes = calls.api.routes();

  @Test
  void anAnswerWithoutARecordIsHeldBackUntilThereIsOne() {
    CompletableFuture<AdminAnswer> held = ask("0", "8");
    CompletableFuture<AdminAnswer> later = ask("1", "8");
    calls.timeline.advance(Duration.ofSeconds(5));
    assertThat(held).isNotDone();

    admit("foobar");
    calls.timeline.runDue();

    assertThat(numbers(held)).containsExactly(1L);
    assertThat(later).as("it has that one already").isNotDone();
    assertThat(numbers(ask("0", "8"))).as("what is there comes at once").containsExactly(1L);
  }

  @Test
  void anAnswerIsHeldBackNoLongerThanAskedFor() {
    CompletableFuture<AdminAnswer> held = ask("0", "8");
    calls.timeline.advance(Duration.ofMillis(7_999));
    assertThat(held).isNotDone();
    calls.timeline.advance(Duration.ofMillis(1));
    assertThat(numbers(held)).isEmpty();
    assertThat(numbers(ask("0", "0"))).isEmpty();
  }

  @Test
  void onlySoManyAreHeldBack() {
    List<CompletableFuture<AdminAnswer>> held = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      held.add(ask("0", "30"));
    }
    assertThat(ask("0", "30")).as("one more").isCompleted();
    assertThat(held).noneMatch(CompletableFuture::isDone);
    calls.timeline.advance(Duration.ofSeconds(31));
    assertThat(held).allMatch(CompletableFuture::isDone);
  }

  @Test
  void whatCannotBeWaitedForIsNamed() {
    AdminAnswer refused =
        calls.answer(
            HttpMethod.GET,
            "/audit",
            new AdminRequest(Map.of("wait", "31"), Optional.empty(), "127.0.0.1:1"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().getString("detail"))
        .isEqualTo("wait: 31 (expected: at most 30 seconds)");
  }

  private CompletableFuture<AdminAnswer> ask(String after, String seconds) {
    AdminRoute route =
        routes.stream().filter(it -> it.path().equals("/audit")).findFirst().orElseThrow();
    return route
        .answer()
        .apply(
            new AdminRequest(
                Map.of("after", after, "wait", seconds), Optional.empty(), "127.0.0.1:1"));
  }

  private void admit(String name) {
    JsonObject wish = new JsonObject().put("name", name);
    assertThat(calls.call(HttpMethod.POST, "/enterprises", wish, Optional.empty()).status())
        .isEqualTo(200);
  }

  private static List<Long> numbers(CompletableFuture<AdminAnswer> answer) {
    assertThat(answer).isCompleted();
    return answer.join().body().getJsonArray("records").stream()
        .map(each -> ((JsonObject) each).getLong("number"))
        .toList();
  }
}
