package net.dglb.mapping.convert;

import net.dglb.mapping.wire.FirstStep;
import net.dglb.mapping.wire.HashStep;
import net.dglb.mapping.wire.PercentagesStep;
import net.dglb.mapping.wire.RoundRobinStep;
import net.dglb.mapping.wire.ShedStep;
import net.dglb.mapping.wire.StaticStep;
import net.dglb.mapping.wire.WeightedStep;
import net.dglb.mapping.wire.WithinStep;
import net.dglb.service.Service;
import net.dglb.service.Step;

/** The steps of a policy. */
final class WireSteps {

  private WireSteps() {}

  static net.dglb.mapping.wire.Step toWire(Step step) {
    net.dglb.mapping.wire.Step.Builder message = net.dglb.mapping.wire.Step.newBuilder();
    switch (step) {
      case Step.Within it ->
          message.setWithin(
              WithinStep.newBuilder()
                  .setMeasure(
                      switch (it.measure()) {
                        case LATENCY -> WithinStep.Measure.MEASURE_LATENCY;
                        case KILOMETRES -> WithinStep.Measure.MEASURE_KILOMETRES;
                        case COST -> WithinStep.Measure.MEASURE_COST;
                      })
                  .setMost(it.most()));
      case Step.First it -> message.setFirst(FirstStep.newBuilder().setCount(it.count()));
      case Step.Static it ->
          message.setStatic(
              StaticStep.newBuilder()
                  .addAllRules(it.rules().stream().map(WireSteps::rule).toList()));
      case Step.Shed it -> message.setShed(ShedStep.newBuilder().setFrom(it.from()).setTo(it.to()));
      case Step.Percentages it ->
          message.setPercentages(PercentagesStep.newBuilder().putAllShares(it.shares()));
      case Step.Weighted it ->
          message.setWeighted(
              WeightedStep.newBuilder()
                  .setBy(
                      switch (it.by()) {
                        case WEIGHT -> WeightedStep.By.BY_WEIGHT;
                        case CAPACITY -> WeightedStep.By.BY_CAPACITY;
                      }));
      case Step.RoundRobin _ -> message.setRoundRobin(RoundRobinStep.getDefaultInstance());
      case Step.Hash _ -> message.setHash(HashStep.getDefaultInstance());
    }
    return message.build();
  }

  private static StaticStep.Rule rule(Step.Static.Rule rule) {
    return StaticStep.Rule.newBuilder()
        .addAllPrefixes(rule.prefixes().stream().map(WireAddresses::toWire).toList())
        .addAllSites(rule.sites())
        .build();
  }

  static Step read(net.dglb.mapping.wire.Step step) throws MalformedMessageException {
    return switch (step.getKindCase()) {
      case WITHIN ->
          new Step.Within(measure(step.getWithin().getMeasure()), step.getWithin().getMost());
      case FIRST -> new Step.First(step.getFirst().getCount());
      case STATIC ->
          new Step.Static(
              Reading.all(
                  "rules",
                  step.getStatic().getRulesList(),
                  Step.Static.MAX_RULES,
                  WireSteps::read));
      case SHED -> new Step.Shed(step.getShed().getFrom(), step.getShed().getTo());
      case PERCENTAGES -> new Step.Percentages(step.getPercentages().getSharesMap());
      case WEIGHTED -> new Step.Weighted(weights(step.getWeighted().getBy()));
      case ROUND_ROBIN -> new Step.RoundRobin();
      case HASH -> new Step.Hash();
      case KIND_NOT_SET -> throw new InvalidContentException("step: unknown kind");
    };
  }

  private static Step.Static.Rule read(StaticStep.Rule rule) throws MalformedMessageException {
    return new Step.Static.Rule(
        Reading.all(
            "prefixes", rule.getPrefixesList(), Step.Static.MAX_PREFIXES, WireAddresses::fromWire),
        Reading.all("sites", rule.getSitesList(), Service.MAX_SITES, it -> it));
  }

  private static Step.Measure measure(WithinStep.Measure measure) throws MalformedMessageException {
    return switch (measure) {
      case MEASURE_LATENCY -> Step.Measure.LATENCY;
      case MEASURE_KILOMETRES -> Step.Measure.KILOMETRES;
      case MEASURE_COST -> Step.Measure.COST;
      case MEASURE_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidContentException("measure: " + measure + " (expected a known one)");
    };
  }

  private static Step.Weights weights(WeightedStep.By by) throws MalformedMessageException {
    return switch (by) {
      case BY_WEIGHT -> Step.Weights.WEIGHT;
      case BY_CAPACITY -> Step.Weights.CAPACITY;
      case BY_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidContentException("by: " + by + " (expected a known one)");
    };
  }
}
