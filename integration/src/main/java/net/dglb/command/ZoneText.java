package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import net.dglb.node.Printable;

/** The answers to zone commands, for people. */
final class ZoneText {

  private ZoneText() {}

  static String list(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    for (JsonObject zone : objects(tree, "zones")) {
      text.append(
          "%-40s %-16s %-10s version %d, %d services%n"
              .formatted(
                  line(zone, "origin"),
                  line(zone, "enterprise"),
                  line(zone, "form"),
                  zone.getLong("version"),
                  zone.getInteger("services")));
    }
    for (JsonObject leaving : objects(tree, "leaving")) {
      text.append(
          "%-40s %-16s %-10s answered until %s%n"
              .formatted(
                  line(leaving, "name"),
                  line(leaving, "enterprise"),
                  "leaving",
                  line(leaving, "answered-until")));
    }
    return text.isEmpty() ? "no zones\n" : text.toString();
  }

  static String show(JsonObject tree) {
    return "%s of %s, version %d, proved by %s at %s, changed at %s by %s%n%n%s%s%n%s"
        .formatted(
            line(tree, "origin"),
            line(tree, "enterprise"),
            tree.getLong("version"),
            line(tree, "proof"),
            line(tree, "proved"),
            line(tree, "changed"),
            line(tree, "changed-by"),
            records(tree),
            delegation(tree),
            tree.getString("document"));
  }

  /** Whether those records were found; an answer without it comes from an older node. */
  private static String delegation(JsonObject tree) {
    JsonObject found = tree.getJsonObject("delegation", new JsonObject());
    List<String> warnings = texts(found, "warnings");
    String problem = Printable.of(found.getString("problem", ""));
    if (!problem.isEmpty()) {
      return "whether they are there " + problem + "\n";
    }
    return warnings.isEmpty()
        ? "they are there\n"
        : "WARNING, not as they must be:\n" + indented(warnings);
  }

  static String registered(JsonObject tree) {
    return "%s is stored as version %d%n%s%n%s"
        .formatted(line(tree, "origin"), tree.getLong("version"), changes(tree), records(tree));
  }

  static String diff(JsonObject tree) {
    return changes(tree);
  }

  /** For how many prefixes is told of what is not done yet. */
  private static String changes(JsonObject tree) {
    List<String> lines = texts(tree, "changes");
    if (lines.isEmpty()) {
      return "nothing changes\n";
    }
    return "against version %d%s:%n%s"
        .formatted(
            tree.getLong("base"),
            tree.containsKey("resolver-prefixes") ? ", for " + touched(tree) : "",
            indented(lines));
  }

  private static String touched(JsonObject tree) {
    StringBuilder text = new StringBuilder(tree.getBoolean("exact", true) ? "" : "at most ");
    text.append(tree.getInteger("resolver-prefixes")).append(" announced resolver prefixes");
    append(tree.getInteger("computed-prefixes", 0), "prefixes of the computed map", text);
    append(tree.getInteger("located-prefixes", 0), "prefixes of the locations", text);
    return text.toString();
  }

  private static void append(int number, String what, StringBuilder text) {
    if (number > 0) {
      text.append(", ").append(number).append(' ').append(what);
    }
  }

  private static String records(JsonObject tree) {
    return "records that the enterprise's own zone must hold:%n%s"
        .formatted(indented(texts(tree, "records")));
  }

  static String history(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    for (JsonObject version : objects(tree, "versions")) {
      text.append(
          "%6d  %s  %d services  %s  %s%n"
              .formatted(
                  version.getLong("version"),
                  line(version, "at"),
                  version.getInteger("services"),
                  line(version, "by"),
                  line(version, "note")));
    }
    if (tree.containsKey("removed")) {
      text.append(
          "removed %s; answered until %s; nobody else may have it until %s%n"
              .formatted(
                  line(tree, "removed"),
                  line(tree, "answered-until"),
                  line(tree, "quarantined-until")));
    }
    return text.toString();
  }

  static String removed(JsonObject tree) {
    return "%s is removed and answered until %s; take its delegation out of the enterprise's zone%n"
        .formatted(line(tree, "origin"), line(tree, "answered-until"));
  }

  /** The key file and nothing else, so that it can be sent to a file. */
  static String key(JsonObject tree) {
    return tree.getString("file");
  }

  static String keyRemoved(JsonObject tree) {
    return "key %s is taken away%n".formatted(line(tree, "name"));
  }

  static String indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  /** A text that stays on its line, whatever a node says. */
  static String line(JsonObject tree, String key) {
    return Printable.of(String.valueOf(tree.getString(key)));
  }

  static List<String> texts(JsonObject tree, String key) {
    return tree.getJsonArray(key, new JsonArray()).stream()
        .map(String::valueOf)
        .map(Printable::of)
        .toList();
  }

  static List<JsonObject> objects(JsonObject tree, String key) {
    return tree.getJsonArray(key, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }
}
