package net.dglb.bench.decisions;

import java.io.PrintWriter;
import java.util.Locale;

/** A result for people. */
final class ResultText {

  private ResultText() {}

  static void print(Result result, Plan plan, PrintWriter out) {
    Conditions conditions = plan.conditions();
    out.printf(
        Locale.ROOT,
        "%d cities, %d sites, jitter %.0f %%, loss %.1f %%%s, drift %.0f %%, %.2f outages of %d min"
            + " per site and day%s, seed %d%n",
        result.cities(),
        plan.sites(),
        conditions.jitter() * 100,
        conditions.loss() * 100,
        bursts(conditions),
        conditions.drift() * 100,
        conditions.outagesPerSiteDay(),
        conditions.outage().toMinutes(),
        plan.probeCap() == 0 ? "" : ", a probe every %.0f s".formatted(1 / plan.probeCap()),
        plan.seed());
    result.settings().forEach(setting -> print(setting, out));
    out.flush();
  }

  private static String bursts(Conditions conditions) {
    double seconds = conditions.burst().toNanos() / 1e9;
    return seconds == 0 ? "" : String.format(Locale.ROOT, " in bursts of %.0f s", seconds);
  }

  private static void print(Result.Setting setting, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nload balancers at %.0f %% of the cities, %d site sets%n",
        setting.fraction() * 100,
        setting.siteSets());
    out.printf(
        "%-28s %12s %10s %10s %14s %12s %9s%n",
        "way", "> 5 ms worse", "mean ms", "95th ms", "of geographic", "broken site", "answers");
    for (Result.Row row : setting.rows()) {
      out.printf(
          Locale.ROOT,
          "%-28s %10.1f %% %10.3f %10.1f %14.3f %10.3f %% %9d%n",
          row.way(),
          row.worseShare() * 100,
          row.meanMillis(),
          row.percentile95Millis(),
          row.ofGeographic(),
          row.brokenShare() * 100,
          row.answers());
    }
    setting.changes().ifPresent(changes -> print(changes, out));
  }

  private static void print(Result.Changes changes, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "changes per client-day: mean %.2f; needless: mean %.3f, 99th percentile %.0f, 99.9th %.0f"
            + " (%d client-days)%n",
        changes.mean(),
        changes.needlessMean(),
        changes.needlessPercentile99(),
        changes.needlessPercentile999(),
        changes.clientDays());
    if (changes.outageSeenMostSeconds() > 0) {
      out.printf(
          Locale.ROOT,
          "a site that is out is no longer answered after %.0f s on average, %.0f s at most%n",
          changes.outageSeenMeanSeconds(),
          changes.outageSeenMostSeconds());
    }
  }
}
