package net.dglb.service;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.config.ConfigSection;

/** Reads a service's policy and reports what is wrong to its section. */
final class PolicyReader {

  /** Words of other balancers for what is not there. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "geo", "proximity, or chain with a static step",
          "random", "weighted or round-robin",
          "load", "sum with a weight for load, or shed",
          "least-connections", "sum with a weight for load, or shed",
          "priority", "failover",
          "healthy", "nothing: health comes before every policy");

  /** The keys of each kind that ranks, besides {@code kind} and {@code time-constant}. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "latency", Set.of("margin", "score", "floor", "size"),
          "sum",
              Set.of("margin", "score", "floor", "size", "latency", "kilometres", "cost", "load"),
          "proximity", Set.of(),
          "cost", Set.of(),
          "failover", Set.of("order", "failback", "failback-delay"));

  private static final String CHAIN = "chain";

  /** Bytes of what a transfer is predicted for where nothing is said. */
  private static final int USUAL_SIZE = 1_000_000;

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
    if (KEYS.containsKey(kind)) {
      return reader.ranking(kind);
    }
    if (kind.equals(CHAIN)) {
      return reader.chain();
    }
    return StepReader.KEYS.containsKey(kind) ? reader.oneStep(kind) : reader.unknown(kind);
  }

  private Policy unknown(String kind) {
    Set<String> kinds = new TreeSet<>(KEYS.keySet());
    kinds.addAll(StepReader.KEYS.keySet());
    kinds.add(CHAIN);
    String instead = ELSEWHERE.getOrDefault(kind, "one of " + String.join(", ", kinds));
    section.problem("kind", kind + " is not known (expected " + instead + ")");
    refuseAllBut(Set.of(), "");
    return Policy.Latency.DEFAULT;
  }

  /** Looks at every key of any kind, so that none counts as unknown, and refuses foreign ones. */
  private void refuseAllBut(Set<String> own, String kind) {
    Set<String> all = new LinkedHashSet<>(List.of("steps"));
    KEYS.values().forEach(all::addAll);
    StepReader.KEYS.values().forEach(all::addAll);
    for (String key : all) {
      if (!own.contains(key) && section.has(key) && !kind.isEmpty()) {
        section.problem(key, "a policy of kind " + kind + " has none");
      }
    }
  }

  private Policy ranking(String kind) {
    refuseAllBut(KEYS.getOrDefault(kind, Set.of()), kind);
    return Attempt.value(section, "", () -> make(kind)).orElse(Policy.Latency.DEFAULT);
  }

  /** A step by itself works on the order by latency. */
  private Policy oneStep(String kind) {
    refuseAllBut(StepReader.KEYS.getOrDefault(kind, Set.of()), kind);
    return StepReader.read(section, kind)
        .<Policy>map(step -> new Policy.Chain(usualOrder(), List.of(step)))
        .orElse(Policy.Latency.DEFAULT);
  }

  private Policy usualOrder() {
    return new Policy.Latency(
        Policy.Latency.DEFAULT.margin(), timeConstant, Policy.Latency.DEFAULT.score());
  }

  private Policy chain() {
    refuseAllBut(Set.of("order", "steps"), CHAIN);
    List<ConfigSection> written = section.sections("steps");
    List<Step> steps = StepReader.readAll(written);
    Policy order = section.has("order") ? read(section.section("order")) : usualOrder();
    if (section.has("order") && section.has("time-constant")) {
      section.problem("time-constant", "the order has its own (expected order.time-constant)");
    }
    if (order instanceof Policy.Chain) {
      section.problem(
          "order.kind", "is no order (expected one of " + String.join(", ", KEYS.keySet()) + ")");
      return Policy.Latency.DEFAULT;
    }
    if (steps.size() < written.size()) {
      return Policy.Latency.DEFAULT;
    }
    return Attempt.<Policy>value(section, "steps", () -> new Policy.Chain(order, steps))
        .orElse(Policy.Latency.DEFAULT);
  }

  private Policy make(String kind) {
    return switch (kind) {
      case "proximity" -> Policy.Sum.proximity(timeConstant);
      case "cost" -> Policy.Sum.cheapest(timeConstant);
      case "failover" -> failover();
      case "sum" -> sum();
      default -> new Policy.Latency(margin(), timeConstant, score());
    };
  }

  private Policy.Sum sum() {
    double latency = weight("latency");
    double kilometres = weight("kilometres");
    double cost = weight("cost");
    double load = weight("load");
    Score score = score();
    boolean idle = latency == 0 && kilometres + cost + load > 0;
    if (idle && section.has("score")) {
      section.problem(
          "score",
          "score: counts for nothing with a weight of 0 for the latency (expected latency above 0,"
              + " or no score)");
    }
    return new Policy.Sum(latency, kilometres, cost, load, margin(), timeConstant, score);
  }

  private Policy.Failover failover() {
    return new Policy.Failover(
        section.strings("order"),
        section.optionalOneOf("failback", Failback.class).orElse(Failback.AUTOMATIC)
            == Failback.AUTOMATIC,
        section
            .optionalDuration("failback-delay", Duration.ZERO, Policy.Failover.MAX_DELAY)
            .orElse(Duration.ZERO),
        timeConstant);
  }

  private enum Failback {
    AUTOMATIC,
    MANUAL
  }

  private double weight(String key) {
    return section.optionalNumber(key, 0, Policy.Sum.MAX_WEIGHT).orElse(0.0);
  }

  private Duration margin() {
    return section
        .optionalDuration("margin", Duration.ZERO, Policy.Latency.MAX_MARGIN)
        .orElse(Policy.Latency.DEFAULT.margin());
  }

  private enum ScoreName {
    LATENCY,
    DOWNLOAD,
    TRANSFER
  }

  private Score score() {
    ScoreName name = section.optionalOneOf("score", ScoreName.class).orElse(ScoreName.LATENCY);
    Duration floor =
        section
            .optionalDuration("floor", Duration.ZERO, Score.Download.MAX_FLOOR)
            .orElse(Score.Download.USUAL_FLOOR);
    int size =
        section
            .optionalInteger("size", Score.Transfer.MIN_BYTES, Score.Transfer.MAX_BYTES)
            .orElse(USUAL_SIZE);
    refuse("floor", name, ScoreName.DOWNLOAD);
    refuse("size", name, ScoreName.TRANSFER);
    return switch (name) {
      case LATENCY -> new Score.Latency();
      case TRANSFER -> new Score.Transfer(size);
      case DOWNLOAD ->
          Attempt.value(section, "floor", () -> (Score) new Score.Download(floor))
              .orElseGet(Score.Latency::new);
    };
  }

  private void refuse(String key, ScoreName score, ScoreName only) {
    if (score != only && section.has(key)) {
      section.problem(
          key,
          "score = "
              + score.name().toLowerCase(Locale.ROOT)
              + " has none (expected only with score = "
              + only.name().toLowerCase(Locale.ROOT)
              + ")");
    }
  }
}
