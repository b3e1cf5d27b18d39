package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** The answers to zone commands, for people. */
final class ZoneText {

  private ZoneText() {}

  static String list(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    for (JsonObject zone : objects(tree, "zones")) {
      text.append(
          "%-40s %-16s %-10s version %d, %d services%n"
              .formatted(
                  zone.getString("origin"),
                  zone.getString("enterprise"),
                  zone.getString("form"),
                  zone.getLong("version"),
                  zone.getInteger("services")));
    }
    for (JsonObject leaving : objects(tree, "leaving")) {
      text.append(
          "%-40s %-16s %-10s answered until %s%n"
              .formatted(
                  leaving.getString("name"),
                  leaving.getString("enterprise"),
                  "leaving",
                  leaving.getString("answered-until")));
    }
    return text.isEmpty() ? "no zones\n" : text.toString();
  }

  static String show(JsonObject tree) {
    return "%s of %s, version %d, proved by %s at %s, changed at %s by %s%n%n%s%s%n%s"
        .formatted(
            tree.getString("origin"),
            tree.getString("enterprise"),
            tree.getLong("version"),
            tree.getString("proof"),
            tree.getString("proved"),
            tree.getString("changed"),
            tree.getString("changed-by"),
            records(tree),
            delegation(tree),
            tree.getString("document"));
  }

  /** Whether those records were found; an answer without it comes from an older node. */
  private static String delegation(JsonObject tree) {
    JsonObject found = tree.getJsonObject("delegation", new JsonObject());
    List<String> warnings = texts(found, "warnings");
    String problem = found.getString("problem", "");
    if (!problem.isEmpty()) {
      return "whether they are there " + problem + "\n";
    }
    return warnings.isEmpty()
        ? "they are there\n"
        : "WARNING, not as they must be:\n" + indented(warnings);
  }

  static String registered(JsonObject tree) {
    return "%s is stored as version %d%n%s%n%s"
        .formatted(tree.getString("origin"), tree.getLong("version"), changes(tree), records(tree));
  }

  static String diff(JsonObject tree) {
    return changes(tree);
  }

  private static String changes(JsonObject tree) {
    List<String> lines = texts(tree, "changes");
    if (lines.isEmpty()) {
      return "nothing changes\n";
    }
    String where =
        "against version %d, for %d resolver prefixes:%n"
            .formatted(tree.getLong("base"), tree.getInteger("resolver-prefixes"));
    return where + indented(lines);
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
                  version.getString("at"),
                  version.getInteger("services"),
                  version.getString("by"),
                  version.getString("note")));
    }
    if (tree.containsKey("removed")) {
      text.append(
          "removed %s; answered until %s; nobody else may have it until %s%n"
              .formatted(
                  tree.getString("removed"),
                  tree.getString("answered-until"),
                  tree.getString("quarantined-until")));
    }
    return text.toString();
  }

  static String removed(JsonObject tree) {
    return "%s is removed and answered until %s; take its delegation out of the enterprise's zone%n"
        .formatted(tree.getString("origin"), tree.getString("answered-until"));
  }

  /** The key file and nothing else, so that it can be sent to a file. */
  static String key(JsonObject tree) {
    return tree.getString("file");
  }

  static String keyRemoved(JsonObject tree) {
    return "key %s is taken away%n".formatted(tree.getString("name"));
  }

  static String enterprise(JsonObject tree) {
    String token = tree.getString("token");
    return "enterprise %s is stored%n".formatted(tree.getString("name"))
        + (token == null ? "" : "its token, shown only now:%n%s%n".formatted(token));
  }

  private static String indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  private static List<String> texts(JsonObject tree, String key) {
    return tree.getJsonArray(key, new JsonArray()).stream().map(String::valueOf).toList();
  }

  private static List<JsonObject> objects(JsonObject tree, String key) {
    return tree.getJsonArray(key, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }
}
