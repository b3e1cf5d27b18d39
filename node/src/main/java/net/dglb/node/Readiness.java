package net.dglb.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What keeps a node from doing its work: each condition that is not met, since when and what to do.
 * Begins with the one that the node does not run yet. Thread-safe.
 */
public final class Readiness {

  private static final String RUNNING = "running";

  /**
   * A condition that is not met.
   *
   * @param condition its name, which programs may rely on
   * @param reason what is so, for people
   * @param toDo what to do, for people
   * @param since when it was first not met, without interruption
   */
  public record Unmet(String condition, String reason, String toDo, Instant since) {

    private JsonObject toJson() {
      return new JsonObject()
          .put("condition", condition)
          .put("reason", reason)
          .put("to-do", toDo)
          .put("since", since.toString());
    }

    private String toText() {
      return "%s, since %s: %s; to do: %s%n".formatted(condition, since, reason, toDo);
    }
  }

  private final InstantSource clock;
  private final Map<String, Unmet> unmet = new TreeMap<>();

  /** A node that does not run yet. */
  public Readiness(InstantSource clock) {
    this.clock = clock;
    unmet(RUNNING, "the node is starting", "wait; if it lasts, the node's log says at what");
  }

  /** The node has started. */
  public void running() {
    met(RUNNING);
  }

  /** The node is about to end. */
  public void stopping() {
    unmet(RUNNING, "the node is stopping", "ask another node; start this one again if it should");
  }

  /** A condition is not met; said again, its reason may change. */
  public synchronized void unmet(String condition, String reason, String toDo) {
    Unmet before = unmet.get(condition);
    Instant since = before == null ? clock.instant() : before.since();
    unmet.put(condition, new Unmet(condition, reason, toDo, since));
  }

  /** A condition is met. */
  public synchronized void met(String condition) {
    unmet.remove(condition);
  }

  /** A condition is met if nothing is missing. */
  public void require(String condition, Collection<?> missing, String reason, String toDo) {
    if (missing.isEmpty()) {
      met(condition);
    } else {
      unmet(condition, reason + ": " + missing, toDo);
    }
  }

  /** What is not met, by name; empty if the node is ready. */
  public synchronized List<Unmet> unmet() {
    return new ArrayList<>(unmet.values());
  }

  /** Whether the node can do its work. */
  public boolean isReady() {
    return unmet().isEmpty();
  }

  static JsonObject toJson(List<Unmet> unmet) {
    JsonArray all = new JsonArray();
    unmet.forEach(each -> all.add(each.toJson()));
    return new JsonObject().put("state", state(unmet)).put("unmet", all);
  }

  static String toText(List<Unmet> unmet) {
    StringBuilder text = new StringBuilder(state(unmet)).append('\n');
    unmet.forEach(each -> text.append(each.toText()));
    return text.toString();
  }

  private static String state(List<Unmet> unmet) {
    return unmet.isEmpty() ? "ready" : "not ready";
  }
}
