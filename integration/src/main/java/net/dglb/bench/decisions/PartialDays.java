package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Load balancers at some of the cities, for whole days: how often the answers change that the
 * backbone gives to clients beside whom nothing is measured. Each of them asks every five minutes.
 */
final class PartialDays {

  private static final int PART = 3;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration ANSWER_TTL = Duration.ofMinutes(5);

  private final RoundTripMatrix matrix;
  private final Plan plan;

  PartialDays(RoundTripMatrix matrix, Plan plan) {
    this.matrix = matrix;
    this.plan = plan;
  }

  /** A fifth of the days that are run with a load balancer at every city: estimates cost more. */
  private int days() {
    return (plan.days() + 4) / 5;
  }

  /** The changes of each client and day, with load balancers at a share of the cities. */
  Result.Changes run(double fraction) {
    DoubleStream.Builder changes = DoubleStream.builder();
    DoubleStream.Builder needless = DoubleStream.builder();
    for (int day = 0; day < days(); day++) {
      for (AnswerChanges each : day(fraction, day)) {
        changes.add(each.all());
        needless.add(each.needless());
      }
    }
    return Result.Changes.of(changes.build().toArray(), needless.build().toArray(), new double[0]);
  }

  private List<AnswerChanges> day(double fraction, int day) {
    Draw draw = Draw.of(matrix, plan, PART, day, Plan.WARM_UP.plus(DAY));
    int[] order = Draw.distinct(matrix.size(), matrix.size(), draw.random());
    int count = Math.max(1, (int) Math.round(fraction * matrix.size()));
    List<SimulatedLoadBalancer> measuring =
        Arrays.stream(order, 0, count).mapToObj(draw.loadBalancers()::get).toList();
    measuring.forEach(it -> it.advance(Plan.WARM_UP));
    SimulatedBackbone backbone =
        new SimulatedBackbone(matrix, draw.service(), measuring, Plan.WARM_UP);
    List<Client> clients =
        Arrays.stream(order, count, order.length)
            .mapToObj(city -> new Client(draw.internet(), city, backbone))
            .toList();
    long end = Plan.WARM_UP.plus(DAY).toNanos();
    for (long at = Plan.WARM_UP.toNanos(); at < end; at += ANSWER_TTL.toNanos()) {
      measuring.forEach(it -> it.advance(ANSWER_TTL));
      backbone.advance(ANSWER_TTL);
      for (Client client : clients) {
        client.ask(at + ANSWER_TTL.toNanos());
      }
    }
    return clients.stream().map(it -> it.changes).toList();
  }

  /** Beside whom nothing is measured. */
  private static final class Client {
    private final int city;
    private final SimulatedBackbone backbone;
    private final AnswerChanges changes;
    private int answered;

    Client(Internet internet, int city, SimulatedBackbone backbone) {
      this.city = city;
      this.backbone = backbone;
      changes = new AnswerChanges(internet, city);
      answered = backbone.site(city);
    }

    void ask(long nanos) {
      int before = answered;
      answered = backbone.site(city);
      if (answered != before) {
        changes.count(before, answered, nanos);
      }
    }
  }
}
