package net.dglb.bench.decisions;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A result for programs. */
final class ResultJson {

  private ResultJson() {}

  static JsonObject of(Result result, Plan plan) {
    JsonArray settings = new JsonArray();
    result.settings().forEach(setting -> settings.add(of(setting)));
    return new JsonObject()
        .put("cities", result.cities())
        .put("sites", plan.sites())
        .put("jitter", plan.conditions().jitter())
        .put("loss", plan.conditions().loss())
        .put("burstSeconds", plan.conditions().burst().toNanos() / 1e9)
        .put("drift", plan.conditions().drift())
        .put("outagesPerSiteDay", plan.conditions().outagesPerSiteDay())
        .put("probeCapPerSecond", plan.probeCap())
        .put("seed", plan.seed())
        .put("settings", settings);
  }

  private static JsonObject of(Result.Setting setting) {
    JsonArray rows = new JsonArray();
    setting.rows().forEach(row -> rows.add(of(row)));
    JsonObject tree =
        new JsonObject()
            .put("loadBalancers", setting.fraction())
            .put("siteSets", setting.siteSets())
            .put("ways", rows);
    setting
        .changes()
        .ifPresent(changes ->
            tree.put(
                "changesPerClientDay",
                new JsonObject()
                    .put("clientDays", changes.clientDays())
                    .put("mean", changes.mean())
                    .put("needlessMean", changes.needlessMean())
                    .put("needlessPercentile99", changes.needlessPercentile99())
                    .put("needlessPercentile999", changes.needlessPercentile999())
                    .put("outageSeenMeanSeconds", changes.outageSeenMeanSeconds())
                    .put("outageSeenMostSeconds", changes.outageSeenMostSeconds())));
    return tree;
  }

  private static JsonObject of(Result.Row row) {
    return new JsonObject()
        .put("way", row.way())
        .put("worseThan5MillisShare", row.worseShare())
        .put("meanRegretMillis", row.meanMillis())
        .put("percentile95RegretMillis", row.percentile95Millis())
        .put("meanRegretOfGeographic", row.ofGeographic())
        .put("brokenSiteShare", row.brokenShare())
        .put("answers", row.answers());
  }
}
