package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The trees of {@link RankingTree} as short lines, where there is little room. */
public final class RankingLines {

  private RankingLines() {}

  /** What is answered of both families, then every candidate in order. */
  public static List<String> of(JsonObject answers) {
    List<String> lines = new ArrayList<>();
    for (String family : List.of("A", "AAAA")) {
      JsonObject ranking = answers.getJsonObject(family);
      if (ranking != null) {
        lines.add(
            "%s %s for %d s, %s; by %s"
                .formatted(
                    family,
                    words(ranking.getJsonArray("addresses")),
                    ranking.getLong("ttl"),
                    ranking.getString("ttl-reason"),
                    ranking.getString("basis-reason")));
        if (ranking.containsKey("asker")) {
          lines.add("  " + ranking.getJsonObject("asker").getString("text"));
        }
        if (ranking.containsKey("stand-in")) {
          lines.add("  " + ranking.getJsonObject("stand-in").getString("text"));
        }
        JsonArray order = ranking.getJsonArray("order");
        for (int i = 0; i < order.size(); i++) {
          lines.add(site(i + 1, order.getJsonObject(i)));
        }
      }
    }
    return lines;
  }

  private static String site(int place, JsonObject site) {
    StringBuilder line = new StringBuilder();
    line.append("  ").append(place).append(". ").append(site.getString("site"));
    line.append(' ').append(site.getString("address"));
    append(" score ", site, "score", "", line);
    append(" latency ", site, "latency-ms", " ms", line);
    append(" loss ", site, "loss", "", line);
    append(" age ", site, "age-seconds", " s", line);
    append(" at ", site, "kilometres", " km", line);
    append(" said ", site, "admin-state", "", line);
    line.append(' ').append(site.getString("health"));
    return line.append(": ").append(site.getString("reason")).toString();
  }

  private static void append(
      String before, JsonObject site, String key, String after, StringBuilder line) {
    Object value = site.getValue(key);
    if (value != null) {
      line.append(before).append(value).append(after);
    }
  }

  /** The values of an array, one after the other; a dash if there is none. */
  public static String words(JsonArray values) {
    return values.isEmpty()
        ? "-"
        : values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
