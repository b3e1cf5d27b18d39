package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Load balancers at every city, for whole days: the clients' answers every five minutes. */
final class EverywhereTrials {

  private static final int PART = 1;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration ANSWER_TTL = Duration.ofMinutes(5);

  private final RoundTripMatrix matrix;
  private final Plan plan;
  private final Tally network = new Tally();
  private final Tally geographic = new Tally();
  private final Tally roundRobin = new Tally();
  private final DoubleStream.Builder changes = DoubleStream.builder();
  private final DoubleStream.Builder needless = DoubleStream.builder();
  private final DoubleStream.Builder outageSeen = DoubleStream.builder();

  EverywhereTrials(RoundTripMatrix matrix, Plan plan) {
    this.matrix = matrix;
    this.plan = plan;
  }

  Result.Setting run() {
    for (int day = 0; day < plan.days(); day++) {
      Draw draw = Draw.of(matrix, plan, PART, day, DAY);
      draw.loadBalancers().forEach(loadBalancer -> runDay(draw.internet(), loadBalancer));
    }
    return new Result.Setting(
        1,
        plan.days(),
        List.of(
            Result.Row.of("network", network, geographic),
            Result.Row.of("geographic nearest", geographic, geographic),
            Result.Row.of("round robin", roundRobin, geographic)),
        Optional.of(
            Result.Changes.of(
                changes.build().toArray(),
                needless.build().toArray(),
                outageSeen.build().toArray())));
  }

  private void runDay(Internet internet, SimulatedLoadBalancer loadBalancer) {
    int city = loadBalancer.city();
    int nearest = matrix.nearest(city, internet.sites());
    int turn = city;
    for (long at = ANSWER_TTL.toNanos(); at <= DAY.toNanos(); at += ANSWER_TTL.toNanos()) {
      loadBalancer.advance(ANSWER_TTL);
      network.add(internet, city, loadBalancer.answer(), at);
      geographic.add(internet, city, nearest, at);
      roundRobin.add(internet, city, turn++ % internet.sites().length, at);
    }
    changes.add(loadBalancer.changes());
    needless.add(loadBalancer.needlessChanges());
    loadBalancer.outageSeenSeconds().forEach(outageSeen);
  }
}
