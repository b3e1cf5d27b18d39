package net.dglb.decision;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.dglb.net.AddressFamily;
import net.dglb.service.AllDown;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;

/**
 * Tells which places get the same answers of a service while nothing is measured there, for a small
 * part of what a ranking costs. Two places are alike if nothing differs that {@link Ranker} and
 * {@link Answered} make an answer of:
 *
 * <ul>
 *   <li>which sites come first, as many as an answer or a step looks at;
 *   <li>for each bound on distance or cost, which site is beyond it beside which other one; then
 *       the whole order counts;
 *   <li>where that would be long, the distances and costs themselves.
 * </ul>
 *
 * <p>Not for use by several threads.
 */
public final class AlikePlaces {

  /** The distance to a site if it or the place has no location. */
  public static final double NO_DISTANCE = Double.MAX_VALUE;

  /** Longer orders are not compared. So what is beyond a bound fits into one number, too. */
  private static final int LONGEST_ORDER = 8;

  private final Policy policy;
  private final List<Site> sites;
  private final List<BitSet> families;
  private final List<Step.Within> bounds;
  private final List<Standing> standings;
  private final boolean scoresDiffer;
  private final boolean costsCount;

  /** The order as far as it counts; empty where the distances and costs themselves do. */
  private final int[] first;

  private final double[] scores;
  private final PlaceTraits traits = new PlaceTraits();
  private final Map<PlaceTraits, Integer> numbers = new HashMap<>();

  /**
   * Knows no place yet.
   *
   * @param admin what operators say of sites
   */
  public AlikePlaces(Service service, AdminStates admin) {
    policy = service.policy();
    sites = service.sites();
    families =
        Stream.of(AddressFamily.values()).map(it -> candidates(sites, it)).distinct().toList();
    bounds =
        policy.allSteps().stream()
            .filter(step -> step instanceof Step.Within within && !isOfLatency(within))
            .map(Step.Within.class::cast)
            .toList();
    scoresDiffer = policy.scored() instanceof Policy.Sum sum && sum.latency() == 0;
    costsCount =
        bounds.stream().anyMatch(bound -> bound.measure() == Step.Measure.COST)
            || (policy.scored() instanceof Policy.Sum sum && sum.cost() > 0);
    standings =
        sites.stream()
            .map(it -> Standing.of(Health.UNKNOWN, admin.of(service.name(), it.id())))
            .toList();
    boolean everySiteMayBeAnswered =
        service.allDown().answer() == AllDown.Rule.ALL
            && standings.stream().anyMatch(Standing::isOut);
    int looks = bounds.isEmpty() && !everySiteMayBeAnswered ? mostLookedAt(service) : sites.size();
    first = new int[looks <= LONGEST_ORDER ? looks : 0];
    scores = new double[sites.size()];
    score(new Place("", Optional.empty()), new double[sites.size()]);
  }

  private static boolean isOfLatency(Step.Within within) {
    return within.measure() == Step.Measure.LATENCY;
  }

  /** Which sites have an address of a family. */
  private static BitSet candidates(List<Site> sites, AddressFamily family) {
    BitSet candidates = new BitSet();
    for (int i = 0; i < sites.size(); i++) {
      candidates.set(i, !sites.get(i).addresses(family).isEmpty());
    }
    return candidates;
  }

  /** How many of the first sites an answer may depend on: the others only follow. */
  private static int mostLookedAt(Service service) {
    int most = service.answering().count();
    for (Step step : service.policy().allSteps()) {
      if (step instanceof Step.First only) {
        most = Math.max(most, only.count());
      }
    }
    return Math.min(most, service.sites().size());
  }

  /**
   * The number of the places that are like this one, from 0 on; it never changes.
   *
   * @param kilometres to each site in the service's order, or {@link #NO_DISTANCE}; not kept
   */
  public int number(Place place, double[] kilometres) {
    traits.clear();
    if (first.length == 0) {
      addNumbers(place, kilometres);
    } else {
      if (scoresDiffer) {
        score(place, kilometres);
      }
      families.forEach(candidates -> addFirst(candidates, kilometres));
      bounds.forEach(bound -> addBeyond(bound, place, kilometres));
    }
    Integer known = numbers.get(traits);
    if (known == null) {
      known = numbers.size();
      numbers.put(traits.copy(), known);
    }
    return known;
  }

  private void addNumbers(Place place, double[] kilometres) {
    for (int site = 0; site < kilometres.length; site++) {
      traits.add(Double.doubleToLongBits(kilometres[site]));
      if (costsCount) {
        traits.add(Double.doubleToLongBits(sites.get(site).costAt(place.id())));
      }
    }
  }

  private void score(Place place, double[] kilometres) {
    Scores from = new Scores(place);
    for (int site = 0; site < scores.length; site++) {
      OptionalDouble distance =
          kilometres[site] == NO_DISTANCE
              ? OptionalDouble.empty()
              : OptionalDouble.of(kilometres[site]);
      scores[site] = from.of(policy, sites.get(site), Optional.empty(), distance);
    }
  }

  /** Sorts as {@link ScoreOrder} does, as far as it counts. */
  private void addFirst(BitSet candidates, double[] kilometres) {
    int found = 0;
    for (int site = 0; site < scores.length; site++) {
      if (candidates.get(site)) {
        int at = found;
        while (at > 0 && isBefore(site, first[at - 1], kilometres)) {
          at--;
        }
        if (at < first.length) {
          System.arraycopy(first, at, first, at + 1, Math.min(found, first.length - 1) - at);
          first[at] = site;
          found = Math.min(found + 1, first.length);
        }
      }
    }
    for (int i = 0; i < found; i++) {
      traits.add(first[i]);
    }
    traits.add(-1);
  }

  /** Whether a later site of the service's order comes before an earlier one. */
  private boolean isBefore(int later, int earlier, double[] kilometres) {
    int standing = standings.get(later).compareTo(standings.get(earlier));
    if (standing != 0) {
      return standing < 0;
    }
    return scores[later] == scores[earlier]
        ? kilometres[later] < kilometres[earlier]
        : scores[later] < scores[earlier];
  }

  /** One bit for each pair: what a bound goes on with follows from them and the order. */
  private void addBeyond(Step.Within bound, Place place, double[] kilometres) {
    long beyond = 0;
    for (int best = 0; best < kilometres.length; best++) {
      for (int site = 0; site < kilometres.length; site++) {
        double behind =
            measure(bound, site, place, kilometres) - measure(bound, best, place, kilometres);
        beyond = beyond << 1 | (behind <= bound.most() ? 0 : 1);
      }
    }
    traits.add(beyond);
  }

  private double measure(Step.Within bound, int site, Place place, double[] kilometres) {
    return bound.measure() == Step.Measure.COST
        ? sites.get(site).costAt(place.id())
        : kilometres[site];
  }
}
