package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import net.dglb.audit.AuditLine;

/**
 * What a node answers when asked for its audit.
 *
 * @param count how many records there ever were
 * @param lastHash of the last of them
 * @param firstBroken where the node itself says that its chain is broken; 0: nowhere
 * @param records those after the one asked for, as they are
 */
record AuditAnswer(long count, String lastHash, long firstBroken, List<JsonObject> records) {

  /** Something that no node says; the message names the field, and what was expected. */
  static final class MalformedException extends Exception {

    @java.io.Serial private static final long serialVersionUID = 1;

    MalformedException(String field, Object value, String expected) {
      super("%s: %s (expected: %s)".formatted(field, value, expected));
    }
  }

  static AuditAnswer of(JsonObject tree) throws MalformedException {
    List<JsonObject> records = new ArrayList<>();
    if (!(tree.getValue("records", "missing") instanceof JsonArray all)) {
      throw new MalformedException("records", tree.getValue("records"), "a list");
    }
    for (Object each : all) {
      if (!(each instanceof JsonObject record)) {
        throw new MalformedException("records", each, "a record");
      }
      records.add(record);
    }
    return new AuditAnswer(
        number(tree, "count"), text(tree, "last-hash"), number(tree, "first-broken"), records);
  }

  /** What a record says. */
  static AuditLine line(JsonObject record) throws MalformedException {
    return new AuditLine(
        text(record, "previous-hash"),
        number(record, "number"),
        text(record, "at"),
        text(record, "actor"),
        text(record, "source"),
        text(record, "action"),
        text(record, "subject"),
        text(record, "outcome"));
  }

  /** A text; empty if it is not there. */
  static String text(JsonObject tree, String field) throws MalformedException {
    Object value = tree.getValue(field, "");
    if (value instanceof String text) {
      return text;
    }
    throw new MalformedException(field, value, "a text");
  }

  private static long number(JsonObject tree, String field) throws MalformedException {
    Object value = tree.getValue(field, 0L);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new MalformedException(field, value, "a whole number");
  }
}
