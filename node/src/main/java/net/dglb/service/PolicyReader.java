package net.dglb.service;

import java.time.Duration;
import java.util.Set;
import net.dglb.config.ConfigSection;

/** Reads a service's policy and reports what is wrong to its section. */
final class PolicyReader {

  private static final Set<String> PLANNED =
      Set.of(
          "proximity",
          "cost",
          "load",
          "weighted",
          "failover",
          "percentage",
          "hash",
          "static",
          "round-robin");

  private PolicyReader() {}

  static Policy read(ConfigSection section) {
    String kind = section.optionalString("kind").orElse("latency");
    if (!kind.equals("latency")) {
      section.problem(
          "kind",
          kind
              + (PLANNED.contains(kind) ? " is not available yet" : " is not known")
              + " (expected latency)");
    }
    Policy.Latency usual = Policy.Latency.DEFAULT;
    Duration margin =
        section
            .optionalDuration("margin", Duration.ZERO, Policy.Latency.MAX_MARGIN)
            .orElse(usual.margin());
    Duration timeConstant =
        section
            .optionalDuration(
                "time-constant", Policy.Latency.MIN_TIME_CONSTANT, Policy.Latency.MAX_TIME_CONSTANT)
            .orElse(usual.timeConstant());
    Score score = score(section);
    return Attempt.value(section, "", () -> new Policy.Latency(margin, timeConstant, score))
        .orElse(usual);
  }

  private enum ScoreName {
    LATENCY,
    DOWNLOAD
  }

  private static Score score(ConfigSection section) {
    boolean download =
        section.optionalOneOf("score", ScoreName.class).orElse(ScoreName.LATENCY)
            == ScoreName.DOWNLOAD;
    Duration floor =
        section
            .optionalDuration("floor", Duration.ZERO, Score.Download.MAX_FLOOR)
            .orElse(Score.Download.USUAL_FLOOR);
    if (!download && section.has("floor")) {
      section.problem("floor", "the latency itself has none (expected only with score = download)");
    }
    return download
        ? Attempt.value(section, "floor", () -> (Score) new Score.Download(floor))
            .orElseGet(Score.Latency::new)
        : new Score.Latency();
  }
}
