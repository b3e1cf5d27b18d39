package net.dglb.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.config.ConfigSection;
import net.dglb.net.PrefixSlots;

/** Reads the steps of a policy and reports what is wrong to their sections. */
final class StepReader {

  /** The keys of each kind besides {@code kind}. */
  static final Map<String, Set<String>> KEYS =
      Map.of(
          "within", Set.of("latency", "kilometres", "cost"),
          "first", Set.of("count"),
          "static", Set.of("rules"),
          "shed", Set.of("from", "to"),
          "percentages", Set.of("shares"),
          "weighted", Set.of("by"),
          "round-robin", Set.of(),
          "hash", Set.of());

  /** Of one slot, in percent. */
  private static final double LEAST_SHARE = 100.0 / PrefixSlots.COUNT;

  private StepReader() {}

  /** The steps that could be read. */
  static List<Step> readAll(List<ConfigSection> sections) {
    List<Step> steps = new ArrayList<>();
    for (ConfigSection section : sections) {
      String kind = section.string("kind");
      Set<String> own = KEYS.get(kind);
      if (own == null) {
        section.problem(
            "kind",
            kind
                + " is no step (expected one of "
                + String.join(", ", new TreeSet<>(KEYS.keySet()))
                + ")");
        KEYS.values().forEach(keys -> keys.forEach(section::has));
      } else {
        read(section, kind).ifPresent(steps::add);
      }
    }
    return steps;
  }

  /** The step that a section describes. */
  static Optional<Step> read(ConfigSection section, String kind) {
    String key =
        KEYS.getOrDefault(kind, Set.of()).stream().filter(section::has).findFirst().orElse("");
    return Attempt.value(section, key, () -> make(section, kind));
  }

  private static Step make(ConfigSection section, String kind) {
    return switch (kind) {
      case "within" -> within(section);
      case "first" -> new Step.First(section.integer("count", 1, Service.MAX_SITES));
      case "static" -> new Step.Static(rules(section));
      case "shed" ->
          new Step.Shed(
              section.number("from", 0, Step.Shed.MAX_LOAD),
              section.number("to", 0, Step.Shed.MAX_LOAD));
      case "percentages" -> percentages(section);
      case "weighted" ->
          new Step.Weighted(
              section.optionalOneOf("by", Step.Weights.class).orElse(Step.Weights.WEIGHT));
      case "round-robin" -> new Step.RoundRobin();
      default -> new Step.Hash();
    };
  }

  /** Not the step's own rule: what was registered with less goes on. */
  private static Step percentages(ConfigSection section) {
    Map<String, Double> shares = section.numbers("shares", 0, 100);
    shares.forEach((site, share) -> {
      if (share > 0 && share < LEAST_SHARE) {
        throw new IllegalArgumentException(
            "shares: "
                + site
                + " has "
                + share
                + ", but prefixes are divided to a tenth of a percent (expected 0, or at least "
                + LEAST_SHARE
                + ")");
      }
    });
    return new Step.Percentages(shares);
  }

  private static Step within(ConfigSection section) {
    Optional<Duration> latency =
        section.optionalDuration("latency", Duration.ZERO, Policy.Latency.MAX_MARGIN);
    Optional<Double> kilometres = section.optionalNumber("kilometres", 0, Site.MAX_NUMBER);
    Optional<Double> cost = section.optionalNumber("cost", 0, Site.MAX_NUMBER);
    List<Step> given = new ArrayList<>();
    latency.ifPresent(
        most -> given.add(new Step.Within(Step.Measure.LATENCY, most.toNanos() / 1e6)));
    kilometres.ifPresent(most -> given.add(new Step.Within(Step.Measure.KILOMETRES, most)));
    cost.ifPresent(most -> given.add(new Step.Within(Step.Measure.COST, most)));
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          given.size() + " bounds (expected exactly one of latency, kilometres and cost)");
    }
    return given.getFirst();
  }

  private static List<Step.Static.Rule> rules(ConfigSection section) {
    List<Step.Static.Rule> rules = new ArrayList<>();
    for (ConfigSection rule : section.sections("rules")) {
      rules.add(new Step.Static.Rule(rule.prefixes("prefixes"), rule.strings("sites")));
    }
    return rules;
  }
}
