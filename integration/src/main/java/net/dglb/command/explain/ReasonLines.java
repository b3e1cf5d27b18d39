package net.dglb.command.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What does not fit into the table of sites: the margin, leads, throughput, what operators say, and
 * failures.
 */
final class ReasonLines {

  private ReasonLines() {}

  static String of(JsonObject ranking) {
    StringBuilder text = new StringBuilder();
    JsonObject margin = ranking.getJsonObject("margin");
    if (margin != null) {
      text.append(
          String.format(
              "%n  a rival comes first at once if its score is lower by more than %s, or once its"
                  + " lead exceeds %s s%s%n",
              margin.getValue("at-once-ms"), margin.getValue("lead-seconds"), byLoss(margin)));
    }
    for (JsonObject site : ExplanationText.objects(ranking.getJsonArray("order"))) {
      if (site.containsKey("lead")) {
        text.append(
            String.format(
                "  lead of %s: %s s%n",
                site.getString("site"), site.getJsonObject("lead").getValue("share-seconds")));
      }
      if (site.containsKey("megabits-per-second")) {
        text.append(
            String.format(
                "  throughput of %s: %s Mbit/s%n",
                site.getString("site"), site.getValue("megabits-per-second")));
      }
      if (site.containsKey("said")) {
        text.append(said(site.getString("site"), site.getJsonObject("said")));
      }
      JsonArray failures = site.getJsonArray("failures", new JsonArray());
      for (JsonObject failure : ExplanationText.objects(failures)) {
        text.append(
            String.format(
                "  failed at %s: %s, %s %s%n",
                site.getString("site"),
                failure.getString("at"),
                failure.getString("outcome"),
                failure.getString("detail")));
      }
    }
    return text.toString();
  }

  private static String byLoss(JsonObject margin) {
    Object seconds = margin.getValue("lead-by-loss-seconds");
    return seconds == null ? "" : "; where losses decide, only once it exceeds " + seconds + " s";
  }

  private static String said(String site, JsonObject saying) {
    return String.format(
        "  %s is said to be %s at %s, by %s since %s: %s (%s)%n",
        site,
        saying.getString("state"),
        saying.getString("at"),
        saying.getString("who"),
        saying.getString("since"),
        saying.getString("why"),
        saying.getString("pattern"));
  }
}
