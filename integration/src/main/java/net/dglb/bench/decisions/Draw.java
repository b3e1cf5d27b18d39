package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One random site set with a load balancer at every city.
 *
 * @param internet what is true
 * @param service with the sites
 * @param loadBalancers by city
 * @param random for what else the trial draws
 */
record Draw(
    Internet internet,
    SimulatedService service,
    List<SimulatedLoadBalancer> loadBalancers,
    SplittableRandom random) {

  /** The same part, plan and number give the same draw, whatever else is run. */
  static Draw of(RoundTripMatrix matrix, Plan plan, int part, int number, Duration length) {
    long seed = plan.seed() * 1_000_003 + part;
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int[] sites = distinct(plan.sites(), matrix.size(), random);
    Internet internet = new Internet(matrix, sites, plan.conditions(), length, random.split());
    SimulatedService service = new SimulatedService(matrix, sites, plan.probeCap());
    List<SimulatedLoadBalancer> all = new ArrayList<>();
    for (int city = 0; city < matrix.size(); city++) {
      all.add(new SimulatedLoadBalancer(internet, city, service, random.split()));
    }
    return new Draw(internet, service, all, random.split());
  }

  /** Different numbers below a limit, in random order. */
  static int[] distinct(int count, int limit, SplittableRandom random) {
    int[] numbers = new int[limit];
    for (int i = 0; i < limit; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return Arrays.copyOf(numbers, count);
  }
}
