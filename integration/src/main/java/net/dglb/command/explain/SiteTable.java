package net.dglb.command.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The candidate sites as a table; those that are answered are marked. */
final class SiteTable {

  private static final List<String> HEADS =
      List.of("site", "address", "score", "latency", "loss", "age", "health", "km", "why");

  private SiteTable() {}

  static String of(List<JsonObject> order, JsonArray answered) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (JsonObject site : order) {
      rows.add(
          List.of(
              site.getString("site"),
              site.getString("address"),
              number(site, "score", ""),
              number(site, "latency-ms", " ms"),
              number(site, "loss", ""),
              number(site, "age-seconds", " s"),
              health(site),
              number(site, "kilometres", ""),
              site.getString("reason")));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      boolean marked = i > 0 && answered.contains(order.get(i - 1).getString("address"));
      text.append(marked ? "* " : "  ").append(row(rows.get(i), rows)).append('\n');
    }
    return text.toString();
  }

  private static String row(List<String> cells, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      int at = column;
      int width = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
      line.append(String.format("%-" + (width + 2) + "s", cells.get(column)));
    }
    return line.toString().stripTrailing();
  }

  private static String number(JsonObject site, String key, String unit) {
    return site.containsKey(key) ? site.getValue(key) + unit : "-";
  }

  private static String health(JsonObject site) {
    String health = site.getString("health");
    String changing = site.getBoolean("changing", false) ? ", changing" : "";
    return site.containsKey("admin-state")
        ? health + changing + ", said " + site.getString("admin-state")
        : health + changing;
  }
}
