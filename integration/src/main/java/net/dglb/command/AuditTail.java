package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import net.dglb.audit.AuditLine;

/**
 * The audit's records as they come. The chain is reckoned anew from what the records say: nothing
 * that a node says of its own chain is believed.
 */
final class AuditTail {

  private static final String WHAT_TO_DO =
      " (trust nothing of this node's from there on: keep the records that you have, and compare"
          + " with another node: dglb zone audit --admin ENDPOINT --after %s)";

  private final boolean lines;
  private final StringBuilder shown = new StringBuilder();
  private AuditMark last;
  private boolean mayMiss;
  private boolean inLines;
  private boolean more;
  private Optional<String> problem = Optional.empty();
  private Optional<String> note = Optional.empty();

  /**
   * Follows on what somebody has already.
   *
   * @param lines whether records are shown as the lines that their hashes go over
   */
  AuditTail(AuditMark after, boolean lines) {
    this.lines = lines;
    last = after;
    mayMiss = after.hash().isEmpty();
  }

  /**
   * What to ask for next.
   *
   * @param wait for how many seconds the node may hold back an answer without a record
   */
  String path(int wait) {
    return "/audit?after=" + last.number() + (wait == 0 ? "" : "&wait=" + wait);
  }

  /** What does not fit, and what to do; empty while all fits. */
  Optional<String> problem() {
    return problem;
  }

  /** What to know of the last answer's records, though they fit. */
  Optional<String> note() {
    return note;
  }

  /** Whether the last answer brought something, so that there may be more at once. */
  boolean hasMore() {
    return more;
  }

  /** The records that fit of an answer that was taken, as lines. */
  String text(JsonObject taken) {
    return shown.toString();
  }

  /** Takes an answer. */
  void take(JsonObject tree) {
    shown.setLength(0);
    note = Optional.empty();
    more = false;
    try {
      take(AuditAnswer.of(tree));
    } catch (AuditAnswer.MalformedException e) {
      problem =
          Optional.of(
              "the node's answer is no audit: " + e.getMessage() + WHAT_TO_DO.formatted(last));
    }
  }

  private void take(AuditAnswer answer) throws AuditAnswer.MalformedException {
    long count = answer.count();
    List<JsonObject> records = answer.records();
    more = !records.isEmpty();
    for (int i = 0; i < records.size() && problem.isEmpty(); i++) {
      append(records.get(i), i == 0);
    }
    if (problem.isEmpty() && count < last.number()) {
      problem =
          Optional.of(
              "the node has %d records, and record %d was there already: its audit was shortened"
                      .formatted(count, last.number())
                  + ", or it has not caught up with the others (dglb status)"
                  + WHAT_TO_DO.formatted(last));
    } else if (problem.isEmpty() && count == last.number()) {
      checkEnd(answer.lastHash());
    } else if (problem.isEmpty() && !more) {
      broken(last.number() + 1, "the node has %d records and does not show it".formatted(count));
    }
    if (problem.isEmpty() && answer.firstBroken() != 0) {
      broken(answer.firstBroken(), "the node itself says that its chain is broken there");
    }
  }

  /** The record that somebody has already may have been written anew, with nothing after it. */
  private void checkEnd(String hash) {
    if (!last.hash().isEmpty() && !hash.equals(last.hash())) {
      broken(last.number(), "its hash is " + hash + " now, and was " + last.hash());
    }
  }

  /** Takes a record; what is not kept any more can lie before the first of an answer alone. */
  private void append(JsonObject tree, boolean isFirst) throws AuditAnswer.MalformedException {
    AuditLine record = AuditAnswer.line(tree);
    if (mayMiss && record.number() > last.number() + 1) {
      note =
          Optional.of(
              "records %d to %d are not kept any more"
                  .formatted(last.number() + 1, record.number() - 1));
      last = new AuditMark(record.number() - 1, "");
    }
    String hash = AuditAnswer.text(tree, "hash");
    boolean isLine = !AuditAnswer.text(tree, "form").equals("octets");
    if (isFirst && record.number() > last.number() + 1) {
      missing(record);
    } else if (!last.isBefore(record)) {
      broken(record.number(), "it does not follow record " + last);
    } else if (isLine && !record.hash().equals(hash)) {
      broken(record.number(), "what it says has the hash " + record.hash() + ", not " + hash);
    } else if (!isLine && inLines) {
      broken(record.number(), "the records before it are lines, and it is not");
    } else {
      if (!isLine) {
        note =
            Optional.of(
                ("of records up to %d, which are from before their text was defined, only that"
                        + " each names the hash of the one before it was checked")
                    .formatted(record.number()));
      }
      shown.append(lines ? record.text() : shown(record)).append('\n');
      last = new AuditMark(record.number(), hash);
      mayMiss = false;
      inLines = isLine;
    }
  }

  private static String shown(AuditLine record) {
    return "%d %s %s from %s: %s %s: %s"
        .formatted(
            record.number(),
            record.at(),
            record.actor(),
            record.source(),
            record.action(),
            record.subject(),
            record.outcome());
  }

  private void missing(AuditLine next) {
    problem =
        Optional.of(
            ("records %d to %d are not kept any more, so that nothing shows whether record %d"
                    + " follows what you have (expected: record %d; to go on without those:"
                    + " --after %d)")
                .formatted(
                    last.number() + 1,
                    next.number() - 1,
                    next.number(),
                    last.number() + 1,
                    next.number() - 1));
  }

  private void broken(long number, String why) {
    problem =
        Optional.of(
            "record %d does not fit: %s".formatted(number, why) + WHAT_TO_DO.formatted(last));
  }
}
