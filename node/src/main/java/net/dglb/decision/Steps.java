package net.dglb.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import net.dglb.net.Prefix;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;

/**
 * The steps of a {@link Policy.Chain}, applied to the order that it begins with. They work on the
 * candidates that are as healthy as the first; what a step takes out stands behind those that it
 * goes on with. Pure.
 */
final class Steps {

  /** One that was within a bound stays until it is further than this much of it. */
  private static final double STAYS_WITHIN = 1.25;

  private final Policy.Chain chain;
  private final Place place;
  private final Ranking base;
  private final PreviousOrder before;
  private final Map<String, Site> configured = new HashMap<>();
  private final SlotHeads heads;

  Steps(
      Service service, Policy.Chain chain, Place place, Ranking base, Optional<Ranking> previous) {
    this.chain = chain;
    this.place = place;
    this.base = base;
    this.before = new PreviousOrder(previous);
    service.sites().forEach(site -> configured.put(site.id(), site));
    this.heads = new SlotHeads(service, chain);
  }

  Ranking ranking() {
    List<Spread.Row> rows = new ArrayList<>();
    Map<Prefix, Integer> map = new HashMap<>();
    rows.add(row(Optional.empty()));
    for (Step.Static it : chain.step(Step.Static.class).stream().toList()) {
      Map<List<String>, Integer> known = new HashMap<>();
      for (Step.Static.Rule rule : it.rules()) {
        int number =
            known.computeIfAbsent(
                rule.sites(),
                _ -> {
                  rows.add(row(Optional.of(rule)));
                  return rows.size() - 1;
                });
        rule.prefixes().forEach(prefix -> map.put(prefix, number));
      }
    }
    Spread.Row usual = rows.getFirst();
    boolean same = rows.size() == 1 && usual.heads().size() == 1 && usual.heads().getFirst() == 0;
    boolean perQuery = chain.step(Step.Spread.class).filter(Step.Spread::perQuery).isPresent();
    return new Ranking(
        base.service(),
        base.family(),
        usual.order(),
        base.basis(),
        same ? Optional.empty() : Optional.of(new Spread(perQuery, map, rows)));
  }

  /** The order for those whom a rule of the static step is for, or for all others. */
  private Spread.Row row(Optional<Step.Static.Rule> rule) {
    List<RankedSite> in = new ArrayList<>();
    List<RankedSite> behind = new ArrayList<>();
    Standing best = base.order().getFirst().standing();
    for (RankedSite site : base.order()) {
      (site.standing() == best ? in : behind).add(site);
    }
    for (int number = 1; number <= chain.steps().size(); number++) {
      Parted parted = apply(number, rule, in);
      in = new ArrayList<>(parted.in());
      behind.addAll(0, parted.out());
    }
    in.replaceAll(reasonsBehind(in));
    List<Integer> slots = heads.of(in);
    in.addAll(behind);
    if (!before.isFirst(in.getFirst())) {
      in.replaceAll(RankedSite::withoutLead); // which spoke against the one that was
    }
    return new Spread.Row(in, slots);
  }

  /** Where better ones were taken out, those that are left stand behind another first. */
  private static UnaryOperator<RankedSite> reasonsBehind(List<RankedSite> in) {
    RankedSite first = in.getFirst();
    if (!first.reason().isByScore()) {
      return it -> it;
    }
    double score = score(first);
    boolean lowest = in.stream().allMatch(it -> score(it) >= score);
    Reason own = lowest ? Reason.LOWEST_SCORE : Reason.KEPT_WITHIN_MARGIN;
    return it -> {
      Reason other = score(it) < score ? Reason.WITHIN_MARGIN : Reason.HIGHER_SCORE;
      return it.reason().isByScore() ? it.because(it.equals(first) ? own : other) : it;
    };
  }

  private static double score(RankedSite site) {
    return site.score().orElse(Double.MAX_VALUE);
  }

  private Parted apply(int number, Optional<Step.Static.Rule> rule, List<RankedSite> in) {
    return switch (chain.steps().get(number - 1)) {
      case Step.Within within -> within(number, within, in);
      case Step.First first -> first(number, first.count(), in);
      case Step.Static _ -> rule.map(it -> only(number, it, in)).orElse(new Parted(in, List.of()));
      case Step.Shed _, Step.Spread _ -> new Parted(in, List.of());
    };
  }

  private record Parted(List<RankedSite> in, List<RankedSite> out) {}

  private Parted within(int number, Step.Within step, List<RankedSite> all) {
    double best = Double.MAX_VALUE;
    for (RankedSite site : all) {
      best = Math.min(best, measure(step.measure(), site).orElse(Double.MAX_VALUE));
    }
    if (best == Double.MAX_VALUE) {
      return new Parted(all, List.of());
    }
    List<RankedSite> in = new ArrayList<>();
    List<RankedSite> out = new ArrayList<>();
    for (RankedSite site : all) {
      double most = wasWithin(site) ? step.most() * STAYS_WITHIN : step.most();
      OptionalDouble measured = measure(step.measure(), site);
      if (measured.isPresent() && measured.getAsDouble() - best <= most) {
        in.add(site);
      } else {
        OptionalDouble behindBest =
            measured.isPresent()
                ? OptionalDouble.of(measured.getAsDouble() - best)
                : OptionalDouble.empty();
        Cut cut = new Cut(number, behindBest, OptionalDouble.of(most));
        out.add(site.takenOut(Reason.BEYOND_THE_BOUND, cut));
      }
    }
    return new Parted(in, out);
  }

  private boolean wasWithin(RankedSite site) {
    return before
        .of(site.siteId(), site.address())
        .filter(it -> it.standing() == site.standing())
        .filter(it -> it.reason() != Reason.BEYOND_THE_BOUND)
        .isPresent();
  }

  private OptionalDouble measure(Step.Measure measure, RankedSite site) {
    return switch (measure) {
      case LATENCY -> site.estimate().stream().mapToDouble(Estimate::latencyMillis).findFirst();
      case KILOMETRES -> site.kilometres();
      case COST ->
          OptionalDouble.of(
              Objects.requireNonNull(configured.get(site.siteId())).costAt(place.id()));
    };
  }

  private static Parted first(int number, int count, List<RankedSite> all) {
    Map<String, Integer> places = new HashMap<>();
    List<RankedSite> in = new ArrayList<>();
    List<RankedSite> out = new ArrayList<>();
    for (RankedSite site : all) {
      int place = places.computeIfAbsent(site.siteId(), _ -> places.size() + 1);
      if (place <= count) {
        in.add(site);
      } else {
        Cut cut = new Cut(number, OptionalDouble.of(place), OptionalDouble.of(count));
        out.add(site.takenOut(Reason.NOT_AMONG_THE_FIRST, cut));
      }
    }
    return new Parted(in, out);
  }

  private static Parted only(int number, Step.Static.Rule rule, List<RankedSite> all) {
    List<RankedSite> in = new ArrayList<>();
    for (String id : rule.sites()) {
      all.stream()
          .filter(it -> it.siteId().equals(id))
          .map(it -> it.because(Reason.SET_FOR_THE_PREFIX))
          .forEach(in::add);
    }
    if (in.isEmpty()) {
      return new Parted(all, List.of());
    }
    Cut cut = new Cut(number, OptionalDouble.empty(), OptionalDouble.empty());
    List<RankedSite> out =
        all.stream()
            .filter(it -> !rule.sites().contains(it.siteId()))
            .map(it -> it.takenOut(Reason.OTHERS_ARE_SET, cut))
            .toList();
    return new Parted(in, out);
  }
}
