package net.dglb.backbone.explain;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.refer.OwnAnswer;
import net.dglb.backbone.refer.OwnAnswers;
import net.dglb.backbone.refer.OwnPlace;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.Answers;
import net.dglb.explain.DecisionHistory;
import net.dglb.explain.KeptRanking;
import net.dglb.net.AddressFamily;
import net.dglb.time.Timeline;

/**
 * What this node itself answered in the past. Of each place every change is kept with what decided;
 * a place that has been answered the same ever since the start takes no room. Lives on the control
 * thread.
 */
public final class PastAnswers implements OwnAnswers {

  /** So that nothing else waits when thousands of answers change at once. */
  private static final int KEPT_AT_ONCE = 200;

  /** About as many as the history has room for; of more the oldest are not kept. */
  private static final int MOST_WAITING = 20_000;

  private record Change(
      OwnPlace where, Optional<Supplier<OwnAnswer>> before, Supplier<OwnAnswer> now) {}

  private final String node;
  private final OperatorsWord said;
  private final DecisionHistory history;
  private final Timeline timeline;
  private final Deque<Change> waiting = new ArrayDeque<>();

  /**
   * Keeps what changes.
   *
   * @param node this node's id
   * @param registry holds what operators say of sites
   */
  public PastAnswers(
      String node, ZoneRegistry registry, DecisionHistory history, Timeline timeline) {
    this.node = node;
    this.said = new OperatorsWord(registry);
    this.history = history;
    this.timeline = timeline;
  }

  @Override
  public void answered(
      OwnPlace where, Optional<Supplier<OwnAnswer>> before, Supplier<OwnAnswer> now) {
    waiting.addLast(new Change(where, before, now));
    if (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
    }
    if (waiting.size() == 1) {
      timeline.execute(this::keepSome);
    }
  }

  private void keepSome() {
    for (int kept = 0; kept < KEPT_AT_ONCE && !waiting.isEmpty(); kept++) {
      keep(waiting.removeFirst());
    }
    if (!waiting.isEmpty()) {
      timeline.execute(this::keepSome);
    }
  }

  private void keep(Change change) {
    String subject = change.where().toString();
    boolean known = history.knows(subject);
    if (!known) {
      change.before().ifPresent(before -> add(subject, before.get()));
    }
    if (change.before().isPresent()) {
      add(subject, change.now().get());
    } else if (known) {
      addUnlessSame(subject, change.now().get());
    }
  }

  private void add(String subject, OwnAnswer answer) {
    history.add(subject, since(answer), explained(answer));
  }

  /** Of places of before the start: most are answered as they were. */
  private void addUnlessSame(String subject, OwnAnswer answer) {
    JsonObject tree = explained(answer);
    if (history.at(subject, timeline.now()).filter(last -> isSame(last, tree)).isEmpty()) {
      history.add(subject, since(answer), tree);
    }
  }

  private JsonObject explained(OwnAnswer answer) {
    Instant now = timeline.now();
    return new JsonObject()
        .put("values-of", now.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("answers", AnswersTree.kept(answer, node, said, now));
  }

  private static Instant since(OwnAnswer answer) {
    return answer.ipv4().since().orElseThrow();
  }

  private static boolean isSame(JsonObject one, JsonObject other) {
    for (AddressFamily family : AddressFamily.values()) {
      if (!KeptRanking.isSameAnswer(ranking(one, family), ranking(other, family))) {
        return false;
      }
    }
    return true;
  }

  private static JsonObject ranking(JsonObject kept, AddressFamily family) {
    return kept.getJsonObject("answers").getJsonObject(AnswersTree.field(family));
  }

  /**
   * How a place was answered at a moment, as far as a change of that is known.
   *
   * @param who where whoever asks falls among answers
   */
  Optional<JsonObject> at(OwnPlace where, Instant moment, Function<Answers, AnswerSlot> who) {
    keepAll();
    Optional<JsonObject> kept = history.at(where.toString(), moment);
    kept.map(tree -> tree.getJsonObject("answers"))
        .ifPresent(answers -> {
          for (AddressFamily family : AddressFamily.values()) {
            String field = AnswersTree.field(family);
            answers.put(field, KeptRanking.shown(answers.getJsonObject(field), who));
          }
        });
    return kept;
  }

  private void keepAll() {
    while (!waiting.isEmpty()) {
      keep(waiting.removeFirst());
    }
  }

  /** Since when changes are known; empty if there was none yet. */
  Optional<Instant> reachesBackTo() {
    return history.reachesBackTo();
  }
}
