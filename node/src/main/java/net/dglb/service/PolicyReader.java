package net.dglb.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.config.ConfigSection;

/** Reads a service's policy and reports what is wrong to its section. */
final class PolicyReader {

  private static final Set<String> PLANNED =
      Set.of("load", "weighted", "percentage", "hash", "static", "round-robin", "chain");

  /** The keys of each kind besides {@code kind} and {@code time-constant}. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "latency", Set.of("margin", "score", "floor"),
          "sum", Set.of("margin", "score", "floor", "latency", "kilometres", "cost"),
          "proximity", Set.of(),
          "cost", Set.of(),
          "failover", Set.of("order", "failback"));

  private static final List<String> ALL_KEYS =
      List.of("margin", "score", "floor", "latency", "kilometres", "cost", "order", "failback");

  private final ConfigSection section;
  private final Duration timeConstant;

  private PolicyReader(ConfigSection section) {
    this.section = section;
    timeConstant =
        section
            .optionalDuration(
                "time-constant", Policy.Latency.MIN_TIME_CONSTANT, Policy.Latency.MAX_TIME_CONSTANT)
            .orElse(Policy.Latency.DEFAULT.timeConstant());
  }

  static Policy read(ConfigSection section) {
    String kind = section.optionalString("kind").orElse("latency");
    PolicyReader reader = new PolicyReader(section);
    return KEYS.containsKey(kind) ? reader.of(kind) : reader.unknown(kind);
  }

  private Policy unknown(String kind) {
    section.problem(
        "kind",
        kind
            + (PLANNED.contains(kind) ? " is not available yet" : " is not known")
            + " (expected one of latency, sum, proximity, cost, failover)");
    ALL_KEYS.forEach(section::has);
    return Policy.Latency.DEFAULT;
  }

  private Policy of(String kind) {
    Set<String> own = KEYS.getOrDefault(kind, Set.of());
    for (String key : ALL_KEYS) {
      if (!own.contains(key) && section.has(key)) {
        section.problem(key, "a policy of kind " + kind + " has none");
      }
    }
    return Attempt.value(section, "", () -> make(kind)).orElse(Policy.Latency.DEFAULT);
  }

  private Policy make(String kind) {
    return switch (kind) {
      case "proximity" -> Policy.Sum.proximity(timeConstant);
      case "cost" -> Policy.Sum.cheapest(timeConstant);
      case "failover" ->
          new Policy.Failover(
              section.strings("order"),
              section.optionalOneOf("failback", Failback.class).orElse(Failback.AUTOMATIC)
                  == Failback.AUTOMATIC,
              timeConstant);
      case "sum" ->
          new Policy.Sum(
              weight("latency"),
              weight("kilometres"),
              weight("cost"),
              margin(),
              timeConstant,
              score());
      default -> new Policy.Latency(margin(), timeConstant, score());
    };
  }

  private enum Failback {
    AUTOMATIC,
    MANUAL
  }

  private double weight(String key) {
    return section.optionalNumber(key, 0, Policy.Sum.MAX_WEIGHT).orElse(0.0);
  }

  private Duration margin() {
    Duration margin =
        section
            .optionalDuration("margin", Duration.ZERO, Policy.Latency.MAX_MARGIN)
            .orElse(Policy.Latency.DEFAULT.margin());
    return margin;
  }

  private enum ScoreName {
    LATENCY,
    DOWNLOAD
  }

  private Score score() {
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
