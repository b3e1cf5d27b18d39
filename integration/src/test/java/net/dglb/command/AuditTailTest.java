package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class AuditTailTest {

  private final AuditTail tail = new AuditTail(0);

  @Test
  void recordsAreFollowedFromOneAnswerToTheNext() {
    assertThat(tail.path(0)).isEqualTo("/audit?after=0");
    assertThat(tail.text(answer(record(1, "00", "aa"), record(2, "aa", "bb"))))
        .startsWith(
            "1 2026-11-28T00:00:00Z operator from here: put-zone lb.test: stored: version 1\n");
    assertThat(tail.path(8)).isEqualTo("/audit?after=2&wait=8");
    assertThat(tail.hasMore()).isTrue();
    tail.text(answer(record(3, "bb", "cc")));
    tail.text(answer());
    assertThat(tail.hasMore()).isFalse();
    assertThat(tail.isSound()).isTrue();
  }

  @Test
  void aRecordThatWasChangedIsSeen() {
    tail.text(answer(record(1, "00", "aa")));
    assertThat(tail.text(answer(record(2, "other", "bb"))))
        .contains("WARNING: record 2 does not follow the one before it");
    assertThat(tail.isSound()).isFalse();
  }

  @Test
  void whatIsNotKeptAnyMoreIsSaid() {
    assertThat(tail.text(answer(record(7, "ff", "aa"))))
        .startsWith("records 1 to 6 are not kept any more");
    assertThat(tail.isSound()).isTrue();
  }

  private static JsonObject answer(JsonObject... records) {
    JsonArray all = new JsonArray();
    for (JsonObject record : records) {
      all.add(record);
    }
    return new JsonObject().put("count", 9).put("first-broken", 0).put("records", all);
  }

  private static JsonObject record(long number, String previous, String hash) {
    return new JsonObject()
        .put("number", number)
        .put("at", "2026-11-28T00:00:00Z")
        .put("actor", "operator")
        .put("source", "here")
        .put("action", "put-zone")
        .put("subject", "lb.test")
        .put("outcome", "stored: version " + number)
        .put("previous-hash", previous)
        .put("hash", hash);
  }
}
