package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.Samples;
import net.dglb.node.AdminAnswer;
import org.junit.jupiter.api.Test;

/** What takes long with thousands of services is done on a worker's thread, within bounds. */
class LongWorkTest {

  private final ApiCalls calls = new ApiCalls();
  private final Queue<Runnable> worker = new ArrayDeque<>();

  LongWorkTest() {
    calls.worker = worker::add;
  }

  @Test
  void aDocumentIsReadThereAndNotOnTheControlThread() {
    CompletableFuture<AdminAnswer> answer = register("registration { version = 1");
    assertThat(answer).isNotCompleted();
    work();
    assertThat(answer.join().status()).isEqualTo(400);
    assertThat(answer.join().body().getString("type"))
        .isEqualTo("urn:dglb:problem:invalid-document");
  }

  @Test
  void aZoneIsStoredBeforeWhatChangesIsWrittenDown() {
    CompletableFuture<AdminAnswer> answer = register(document());
    assertThat(calls.registry.list()).isEmpty();
    workOnce();
    assertThat(calls.registry.list()).hasSize(1);
    assertThat(answer).isNotCompleted();
    work();
    assertThat(answer.join().status()).isEqualTo(200);
    assertThat(answer.join().body().getJsonArray("changes")).isNotEmpty();
  }

  @Test
  void whatIsReckonedForPrefixesIsOfDryRunsAlone() {
    CompletableFuture<AdminAnswer> dry =
        calls.start(
            HttpMethod.POST,
            "/zones",
            new JsonObject().put("document", document()).put("dry-run", true));
    work();
    assertThat(dry.join().body().getInteger("resolver-prefixes")).isEqualTo(7);
    assertThat(calls.reckoned).isEqualTo(1);

    CompletableFuture<AdminAnswer> stored = register(document());
    work();
    assertThat(stored.join().body().fieldNames())
        .contains("changes", "base", "version")
        .doesNotContain("resolver-prefixes", "computed-prefixes", "located-prefixes", "exact");
    assertThat(calls.reckoned).isEqualTo(1);
  }

  @Test
  void moreThanACoupleOfDocumentsAreNotKeptWaiting() {
    List<CompletableFuture<AdminAnswer>> waiting = new ArrayList<>();
    for (int i = 0; i < ForeignDocuments.MOST; i++) {
      waiting.add(register("x"));
    }
    AdminAnswer busy = register("x").join();
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.body().getString("type")).isEqualTo("urn:dglb:problem:busy");
    assertThat(busy.body().getString("detail"))
        .isEqualTo("32 other documents are being read (expected: ask again)");
    work();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(register("x")).isNotCompleted();
  }

  @Test
  void anEnterpriseDoesNotTakeThePlacesOfTheOthers() {
    String greedy = calls.enterprise("greedy");
    String foobar = calls.enterprise("foobar");
    for (int i = 0; i < ForeignDocuments.OF_ONE; i++) {
      assertThat(register(Optional.of(greedy), "x")).isNotCompleted();
    }
    AdminAnswer busy = register(Optional.of(greedy), "x").join();
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.body().getString("detail"))
        .isEqualTo("4 other documents of enterprise greedy are being read (expected: ask again)");
    assertThat(register(Optional.of(foobar), "x")).isNotCompleted();
    work();
    assertThat(register(Optional.of(greedy), "x")).as("once they are read").isNotCompleted();
  }

  private CompletableFuture<AdminAnswer> register(Optional<String> token, String document) {
    return calls.start(
        HttpMethod.POST, "/zones", new JsonObject().put("document", document), token);
  }

  private CompletableFuture<AdminAnswer> register(String document) {
    return calls.start(
        HttpMethod.POST, "/zones", new JsonObject().put("document", document).put("approve", true));
  }

  private static String document() {
    return Wishes.document(Samples.aliased(0)).getString("document");
  }

  private void work() {
    while (!worker.isEmpty()) {
      workOnce();
    }
  }

  private void workOnce() {
    worker.remove().run();
    calls.timeline.runDue();
  }
}
