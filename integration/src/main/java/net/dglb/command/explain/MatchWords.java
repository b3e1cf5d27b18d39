package net.dglb.command.explain;

import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** What a table knows of whoever asks, in words. */
final class MatchWords {

  private MatchWords() {}

  static String of(JsonObject tree) {
    return switch (tree.getString("table")) {
      case "client-prefixes" -> "client prefix " + announced(tree);
      case "resolver-prefixes" -> "resolver prefix " + announced(tree);
      case "computed-map" ->
          "%s in the computed map: %s"
              .formatted(
                  tree.getString("prefix"),
                  ExplanationText.joined(tree.getJsonArray("load-balancers")));
      case "locations" ->
          "%s among the locations: near %.0f, %.0f"
              .formatted(
                  tree.getString("prefix"),
                  tree.getJsonObject("location").getDouble("latitude"),
                  tree.getJsonObject("location").getDouble("longitude"));
      default ->
          "no table knows the resolver: block %s of its hash".formatted(tree.getValue("block"));
    };
  }

  private static String announced(JsonObject tree) {
    return tree.getString("prefix")
        + ", announced by "
        + ExplanationText.objects(tree.getJsonArray("announced-by")).stream()
            .map(MatchWords::announcement)
            .collect(Collectors.joining(", "));
  }

  private static String announcement(JsonObject by) {
    if (!by.containsKey("version")) {
      return by.getString("load-balancer");
    }
    String at = by.getString("announced-at");
    return "%s%s (version %s, known here since %s)"
        .formatted(
            by.getString("load-balancer"),
            at == null ? "" : " at " + at,
            by.getString("version"),
            by.getString("known-since"));
  }
}
