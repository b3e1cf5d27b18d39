package net.dglb.command.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What does not fit into the table of sites: the margin, steps, terms, leads, throughput, what
 * operators say, and failures.
 */
final class ReasonLines {

  private ReasonLines() {}

  static String of(JsonObject ranking) {
    StringBuilder text = new StringBuilder();
    JsonObject margin = ranking.getJsonObject("margin");
    if (margin != null) {
      text.append(String.format("%n  %s%n", margin.getString("text")));
    }
    steps(ranking.getJsonArray("steps", new JsonArray()), text);
    for (JsonObject site : ExplanationText.objects(ranking.getJsonArray("order"))) {
      JsonArray terms = site.getJsonArray("terms", new JsonArray());
      if (!isLatencyAlone(terms)) {
        text.append(terms(site.getString("site"), terms));
      }
      if (site.containsKey("shed") && site.getJsonObject("shed").getDouble("share") > 0) {
        text.append(shed(site.getString("site"), site.getJsonObject("shed")));
      }
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

  private static void steps(JsonArray steps, StringBuilder text) {
    for (JsonObject step : ExplanationText.objects(steps)) {
      JsonArray out = step.getJsonArray("out");
      text.append(
          String.format(
              "  step %d, %s: %s%s%n",
              step.getInteger("step"),
              step.getString("kind"),
              step.getString("text"),
              out.isEmpty() ? "" : "; took out " + ExplanationText.joined(out)));
    }
  }

  /** What the score is made of, where it is not just the latency. */
  private static String terms(String site, JsonArray terms) {
    List<String> words = new ArrayList<>();
    for (JsonObject term : ExplanationText.objects(terms)) {
      String unit = term.getString("unit").isEmpty() ? "" : " " + term.getString("unit");
      String losses =
          term.containsKey("of-losses") ? " (" + term.getValue("of-losses") + " of losses)" : "";
      words.add(
          "%s %s%s%s x %s = %s"
              .formatted(
                  term.getString("term"),
                  term.getValue("value"),
                  unit,
                  losses,
                  term.getValue("weight"),
                  term.getValue("contribution")));
    }
    return String.format("  score of %s: %s%n", site, String.join(" + ", words));
  }

  private static boolean isLatencyAlone(JsonArray terms) {
    if (terms.size() != 1) {
      return terms.isEmpty();
    }
    JsonObject term = terms.getJsonObject(0);
    return term.getString("term").equals("latency")
        && term.getDouble("weight") == 1
        && !term.containsKey("of-losses");
  }

  private static String shed(String site, JsonObject shed) {
    return String.format(
        "  %s gives up %s of the prefixes at a load of %s%s%n",
        site,
        shed.getValue("share"),
        shed.getValue("load"),
        shed.getBoolean("here", false) ? ", this one among them" : "");
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
