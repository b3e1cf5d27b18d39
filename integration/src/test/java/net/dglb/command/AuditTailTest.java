package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.dglb.audit.AuditLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTailTest {

  /** What a node would say: five records, each with the hash of the one before it. */
  private final List<JsonObject> chain = chain(5);

  private final AuditTail tail = tail("0");

  @Test
  void recordsAreFollowedFromOneAnswerToTheNext() {
    assertThat(tail.path(0)).isEqualTo("/audit?after=0");
    assertThat(taken(tail, answer(chain.subList(0, 2))))
        .isEqualTo(
            "1 2026-11-28T00:00:00Z operator from here: put-zone lb.test: stored: version 1\n"
                + "2 2026-11-28T00:00:00Z operator from here: put-zone lb.test: stored: version"
                + " 2\n");
    assertThat(tail.path(8)).isEqualTo("/audit?after=2&wait=8");
    assertThat(tail.hasMore()).isTrue();
    taken(tail, answer(chain.subList(2, 5)));
    taken(tail, answer(List.of()));
    assertThat(tail.hasMore()).isFalse();
    assertThat(tail.problem()).isEmpty();
    assertThat(tail.note()).isEmpty();
  }

  @Test
  void aRecordThatWasChangedIsNotShown() {
    chain.get(1).put("actor", "somebody else");
    assertThat(taken(tail, answer(chain))).hasLineCount(1);
    assertThat(tail.problem().orElseThrow())
        .startsWith("record 2 does not fit: what it says has the hash ")
        .endsWith("--after 1:" + chain.get(0).getString("hash") + ")");
  }

  @Test
  void aRecordThatWasChangedWithItsHashDoesNotFitTheNext() {
    JsonObject changed = chain.get(1).put("actor", "somebody else");
    changed.put("hash", line(changed).hash());
    assertThat(taken(tail, answer(chain))).hasLineCount(2);
    assertThat(tail.problem().orElseThrow())
        .startsWith("record 3 does not fit: it does not follow record 2:");
  }

  @Test
  void theFirstRecordOfAllFollowsNothing() {
    chain.removeFirst();
    JsonObject first = chain.getFirst().put("number", 1);
    first.put("hash", line(first).hash());
    assertThat(taken(tail, answer(List.of(first)))).isEmpty();
    assertThat(tail.problem().orElseThrow()).startsWith("record 1 does not fit");
  }

  @Test
  void aRecordThatWasLeftOutIsSeen() {
    chain.remove(2);
    assertThat(taken(tail, answer(chain))).hasLineCount(2);
    assertThat(tail.problem().orElseThrow())
        .startsWith("record 4 does not fit: it does not follow record 2:");
  }

  @Test
  void whatIsNotKeptAnyMoreBeforeTheNextAnswerIsTold() {
    taken(tail, answer(chain.subList(0, 2)));
    taken(tail, answer(chain.subList(3, 5)));
    assertThat(tail.problem().orElseThrow())
        .startsWith("records 3 to 3 are not kept any more")
        .contains("to go on without those: --after 3");
  }

  @Test
  void recordsThatTheNodeHasAndDoesNotShowAreMissed() {
    taken(tail, answer(chain.subList(0, 2)));
    assertThat(tail.problem()).as("the next answer may bring them").isEmpty();
    taken(tail, answer(List.of()));
    assertThat(tail.problem().orElseThrow())
        .startsWith("record 3 does not fit: the node has 5 records and does not show it");
  }

  @Test
  void anAuditThatWasShortenedIsSeen() {
    taken(tail, answer(chain));
    taken(tail, new JsonObject().put("count", 3).put("records", new JsonArray()));
    assertThat(tail.problem().orElseThrow())
        .startsWith("the node has 3 records, and record 5 was there already");
  }

  @Test
  void anAuditThatWasWrittenAnewIsSeenByWhoKeptAHash() {
    String kept = "5:" + chain.get(4).getString("hash");
    assertThat(follows(kept, List.of())).as("as it was").isTrue();

    chain.get(4).put("hash", "ab".repeat(32));
    assertThat(follows(kept, List.of())).as("the last one is another").isFalse();
    assertThat(follows("3:" + "ab".repeat(32), chain.subList(3, 5))).isFalse();
    assertThat(follows("3:" + chain.get(2).getString("hash"), chain.subList(3, 4))).isTrue();
    assertThat(follows("2:" + chain.get(1).getString("hash"), chain.subList(3, 4)))
        .as("nobody can tell")
        .isFalse();
  }

  private boolean follows(String after, List<JsonObject> records) {
    AuditTail from = tail(after);
    taken(from, answer(records));
    return from.problem().isEmpty();
  }

  @Test
  void whatIsNotKeptAnyMoreIsSaidToWhoHasNoHash() {
    assertThat(taken(tail, answer(chain.subList(3, 5)))).startsWith("4 2026-11-28T00:00:00Z");
    assertThat(tail.note()).contains("records 1 to 3 are not kept any more");
    assertThat(tail.problem()).isEmpty();
  }

  @Test
  void aFieldOfAnotherTypeIsNamed() {
    taken(tail, answer(chain.subList(0, 1)));
    chain.get(1).put("at", 7);
    assertThat(taken(tail, answer(chain.subList(1, 5)))).isEmpty();
    assertThat(tail.problem().orElseThrow())
        .startsWith("the node's answer is no audit: at: 7 (expected: a text) (trust nothing")
        .endsWith("--after 1:" + chain.get(0).getString("hash") + ")");
    for (JsonObject wrong :
        List.of(
            answer(chain).put("count", "5"),
            answer(chain).put("records", "none"),
            answer(chain).put("records", new JsonArray().add(1)),
            new JsonObject())) {
      AuditTail other = tail("0");
      other.take(wrong);
      assertThat(other.problem().orElseThrow()).contains("is no audit: ").contains("(expected: ");
    }
  }

  @Test
  void beforeTheFirstRecordIsNone() {
    assertThat(AuditMark.parse("0:" + AuditLine.FIRST).number()).isZero();
    assertThatThrownBy(() -> AuditMark.parse("0:" + "ab".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            " (expected: 0 alone, or with 64 zeros: no record is before the first)");
  }

  @Test
  void theNodesOwnDoubtCountsToo() {
    taken(tail, answer(chain).put("first-broken", 7));
    assertThat(tail.problem().orElseThrow()).startsWith("record 7 does not fit: the node itself");
  }

  @Test
  void recordsFromBeforeTheirTextWasDefinedAreOnlyFollowed() {
    JsonObject old = chain.get(0).put("form", "octets").put("hash", "ab".repeat(32));
    JsonObject next = chain.get(1).put("previous-hash", old.getString("hash"));
    next.put("hash", line(next).hash());
    assertThat(taken(tail, answer(List.of(old, next)))).hasLineCount(2);
    assertThat(tail.note().orElseThrow()).startsWith("of records up to 1, which are from before");
    assertThat(tail.problem()).isEmpty();

    chain.get(2).put("form", "octets").put("previous-hash", next.getString("hash"));
    taken(tail, answer(chain.subList(2, 3)));
    assertThat(tail.problem().orElseThrow()).as("never later again").startsWith("record 3");
  }

  @Test
  void aMarkIsANumberWithOrWithoutItsHash() {
    assertThat(AuditMark.parse("7")).isEqualTo(new AuditMark(7, ""));
    assertThat(AuditMark.parse("7:" + "AB".repeat(32)))
        .isEqualTo(new AuditMark(7, "ab".repeat(32)));
    for (String wrong : List.of("-1", "", "7:", "7:ab", ":" + "ab".repeat(32), "x")) {
      assertThatThrownBy(() -> AuditMark.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: the NUMBER of a record, or NUMBER:HASH");
    }
  }

  @Test
  void theDocumentedCommandsCheckKeptLinesWithoutUs(@TempDir Path folder) throws Exception {
    String document = Files.readString(Path.of("../docs/registering.md"));
    var script = Pattern.compile("```sh\n(last=.*?)```", Pattern.DOTALL).matcher(document);
    assertThat(script.find()).isTrue();
    chain.get(2).put("outcome", "invalid: \\ and \t and \u00e9 and %s");
    List<JsonObject> sound = linked(chain);

    Files.writeString(
        folder.resolve("audit.log"),
        taken(new AuditTail(AuditMark.parse("0"), true), answer(sound)));
    assertThat(run(folder, script.group(1))).isEqualTo(sound.getLast().getString("hash") + "\n");

    String lines = Files.readString(folder.resolve("audit.log"));
    Files.writeString(folder.resolve("audit.log"), lines.replaceFirst("version 2", "version 9"));
    assertThat(run(folder, script.group(1))).startsWith("does not follow: ").contains("\t3\t");
  }

  private static String run(Path folder, String script) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  private static String taken(AuditTail by, JsonObject answer) {
    by.take(answer);
    return by.text(answer);
  }

  private static AuditTail tail(String after) {
    return new AuditTail(AuditMark.parse(after), false);
  }

  private JsonObject answer(List<JsonObject> records) {
    JsonArray all = new JsonArray();
    records.forEach(all::add);
    return new JsonObject()
        .put("count", 5)
        .put("last-hash", chain.getLast().getString("hash"))
        .put("first-broken", 0)
        .put("records", all);
  }

  private static List<JsonObject> chain(int count) {
    List<JsonObject> records = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      records.add(
          new JsonObject()
              .put("number", number)
              .put("at", "2026-11-28T00:00:00Z")
              .put("actor", "operator")
              .put("source", "here")
              .put("action", "put-zone")
              .put("subject", "lb.test")
              .put("outcome", "stored: version " + number)
              .put("form", "line"));
    }
    return linked(records);
  }

  private static List<JsonObject> linked(List<JsonObject> records) {
    String hash = AuditLine.FIRST;
    for (JsonObject record : records) {
      record.put("previous-hash", hash);
      hash = line(record).hash();
      record.put("hash", hash);
    }
    return records;
  }

  private static AuditLine line(JsonObject record) {
    return new AuditLine(
        record.getString("previous-hash"),
        record.getLong("number"),
        record.getString("at"),
        record.getString("actor"),
        record.getString("source"),
        record.getString("action"),
        record.getString("subject"),
        record.getString("outcome"));
  }
}
