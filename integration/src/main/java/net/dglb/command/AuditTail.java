package net.dglb.command;

import io.vertx.core.json.JsonObject;

/** The audit's records as they come, each checked against the one before it. */
final class AuditTail {

  private long last;
  private String hash = "";
  private boolean sound = true;
  private boolean more;

  /** After the record of this number. */
  AuditTail(long after) {
    last = after;
  }

  /**
   * What to ask for next.
   *
   * @param wait for how many seconds the node may hold back an answer without a record
   */
  String path(int wait) {
    return "/audit?after=" + last + (wait == 0 ? "" : "&wait=" + wait);
  }

  /** Whether no record was found that does not follow the one before it. */
  boolean isSound() {
    return sound;
  }

  /** Whether the last answer brought something, so that there may be more at once. */
  boolean hasMore() {
    return more;
  }

  /** An answer as lines. */
  String text(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    long broken = tree.getLong("first-broken", 0L);
    if (broken != 0) {
      sound = false;
      text.append("WARNING: the node's own chain is broken at record %d%n".formatted(broken));
    }
    var records = tree.getJsonArray("records");
    more = !records.isEmpty();
    records.forEach(each -> append(text, (JsonObject) each));
    return text.toString();
  }

  private void append(StringBuilder text, JsonObject record) {
    long number = record.getLong("number");
    boolean gap = number != last + 1;
    if (gap) {
      text.append("records %d to %d are not kept any more%n".formatted(last + 1, number - 1));
    } else if (!hash.isEmpty() && !hash.equals(record.getString("previous-hash"))) {
      sound = false;
      text.append("WARNING: record %d does not follow the one before it%n".formatted(number));
    }
    text.append(
        "%d %s %s from %s: %s %s: %s%n"
            .formatted(
                number,
                record.getString("at"),
                record.getString("actor"),
                record.getString("source"),
                record.getString("action"),
                record.getString("subject"),
                record.getString("outcome")));
    last = number;
    hash = record.getString("hash");
  }
}
