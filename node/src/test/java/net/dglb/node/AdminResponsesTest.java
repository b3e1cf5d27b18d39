package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.identity.NodeRole;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large answers, whose encoding takes as long as the test likes. */
class AdminResponsesTest {

  private static final int SECONDS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("control-under-test");
  private final Metrics metrics = new Metrics(NodeRole.LOAD_BALANCER, "lb-1");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch allBegun = new CountDownLatch(AdminResponses.AT_ONCE);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private AdminServer server;

  @BeforeEach
  void start() throws Exception {
    List<AdminRoute> routes =
        List.of(
            AdminRoute.get("/large", _ -> AdminAnswer.ok(new JsonObject(new Held()))),
            AdminRoute.get("/broken", _ -> AdminAnswer.ok(new JsonObject(new Broken()))),
            AdminRoute.get("/small", _ -> AdminAnswer.ok(new JsonObject().put("small", true))));
    AdminSettings settings =
        new AdminSettings(Endpoint.parse("127.0.0.1:0"), Optional.empty(), 100);
    server = AdminServer.start(vertx, settings, control, new FakeNode(), metrics, routes);
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    client.close();
    server.close();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void othersAreAnsweredWhileALargeAnswerIsEncoded() throws Exception {
    CompletableFuture<HttpResponse<String>> large = ask("/large");
    assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(answer("/small").body()).contains("\"small\" : true");
    assertThat(answer("/metrics").body()).contains("dglb_build_info");
    assertThat(answer("/status").statusCode()).isEqualTo(200);
    assertThat(large).isNotDone();

    released.countDown();
    HttpResponse<String> whole = large.get(SECONDS, TimeUnit.SECONDS);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(whole.body()).getString("large")).isEqualTo("whole");
  }

  @Test
  void fewAreEncodedAtOnceAndWhatWatchesTheNodeIsAnsweredNevertheless() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> large = new ArrayList<>();
    for (int i = 0; i < AdminResponses.AT_ONCE + 2; i++) {
      large.add(ask("/large"));
    }
    assertThat(allBegun.await(SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(answer("/healthz").statusCode()).isEqualTo(200);
    assertThat(answer("/readyz").statusCode()).isEqualTo(200);
    assertThat(answer("/nowhere").statusCode()).isEqualTo(404);

    released.countDown();
    for (CompletableFuture<HttpResponse<String>> each : large) {
      assertThat(each.get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(most.get()).isEqualTo(AdminResponses.AT_ONCE);
  }

  @Test
  void anAnswerThatCannotBeEncodedIsAProblem() throws Exception {
    HttpResponse<String> problem = answer("/broken");

    assertThat(problem.statusCode()).isEqualTo(500);
    assertThat(problem.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(problem.body()).contains("the node's log says why");
  }

  private CompletableFuture<HttpResponse<String>> ask(String path) {
    URI uri = URI.create("http://" + server.endpoint() + path);
    return client.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> answer(String path) throws Exception {
    return ask(path).get(SECONDS, TimeUnit.SECONDS);
  }

  /** Its encoding waits for the test. */
  private final class Held extends AbstractMap<String, Object> {

    @Override
    public Set<Entry<String, Object>> entrySet() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      begun.countDown();
      allBegun.countDown();
      try {
        assertThat(released.await(2 * SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        now.decrementAndGet();
      }
      return Map.<String, Object>of("large", "whole").entrySet();
    }
  }

  private static final class Broken extends AbstractMap<String, Object> {

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new IllegalStateException("broken as the test wants it");
    }
  }
}
