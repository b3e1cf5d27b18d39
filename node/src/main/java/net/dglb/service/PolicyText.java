package net.dglb.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Writes a policy in the keys of a registration document. */
final class PolicyText {

  private final BiConsumer<String, String> line;

  private PolicyText(BiConsumer<String, String> line) {
    this.line = line;
  }

  /** Gives each key with its value. */
  static void write(Policy policy, BiConsumer<String, String> line) {
    new PolicyText(line).policy(policy);
  }

  private void policy(Policy policy) {
    switch (policy) {
      case Policy.Latency latency -> {
        word("latency", policy);
        margin(latency.margin(), latency.score());
      }
      case Policy.Sum sum -> {
        word("sum", policy);
        margin(sum.margin(), sum.score());
        line.accept("latency", Double.toString(sum.latency()));
        line.accept("kilometres", Double.toString(sum.kilometres()));
        line.accept("cost", Double.toString(sum.cost()));
        line.accept("load", Double.toString(sum.load()));
      }
      case Policy.Failover failover -> {
        word("failover", policy);
        line.accept("order", DocumentText.list(failover.order()));
        line.accept("failback", failover.failback() ? "automatic" : "manual");
        line.accept("failback-delay", Limits.text(failover.failbackDelay()));
      }
      case Policy.Chain chain -> {
        line.accept("kind", "chain");
        line.accept("order", inline(chain.order()));
        line.accept(
            "steps",
            chain.steps().stream()
                .map(PolicyText::text)
                .collect(Collectors.joining(", ", "[", "]")));
      }
    }
  }

  private void word(String kind, Policy policy) {
    line.accept("time-constant", Limits.text(policy.timeConstant()));
    line.accept("kind", kind);
  }

  private void margin(Duration margin, Score score) {
    line.accept("margin", Limits.text(margin));
    if (score instanceof Score.Download download) {
      line.accept("score", "download");
      line.accept("floor", Limits.text(download.floor()));
    }
    if (score instanceof Score.Transfer transfer) {
      line.accept("score", "transfer");
      line.accept("size", Long.toString(transfer.bytes()));
    }
  }

  private static String inline(Policy order) {
    List<String> keys = new ArrayList<>();
    write(order, (key, value) -> keys.add(key + " = " + value));
    return "{ " + String.join(", ", keys) + " }";
  }

  private static String text(Step step) {
    return "{ kind = "
        + step.kind()
        + switch (step) {
          case Step.Within it ->
              it.measure() == Step.Measure.LATENCY
                  ? ", latency = " + it.most() + "ms"
                  : ", " + word(it.measure()) + " = " + it.most();
          case Step.First it -> ", count = " + it.count();
          case Step.Static it -> ", rules = " + it.rules().stream().map(PolicyText::rule).toList();
          case Step.Shed it -> ", from = " + it.from() + ", to = " + it.to();
          case Step.Percentages it -> ", shares = " + shares(it);
          case Step.Weighted it -> ", by = " + word(it.by());
          case Step.RoundRobin _, Step.Hash _ -> "";
        }
        + " }";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String rule(Step.Static.Rule rule) {
    return "{ prefixes = "
        + DocumentText.list(rule.prefixes())
        + ", sites = "
        + DocumentText.list(rule.sites())
        + " }";
  }

  private static String shares(Step.Percentages step) {
    return new TreeMap<>(step.shares())
        .entrySet().stream()
            .map(it -> DocumentText.quoted(it.getKey()) + " = " + it.getValue())
            .collect(Collectors.joining(", ", "{ ", " }"));
  }
}
