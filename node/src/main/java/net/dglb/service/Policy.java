package net.dglb.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a service turns estimates into a ranking. */
public sealed interface Policy {

  /** How much better a rival must be, by the policy's own number, to replace the answered site. */
  Duration margin();

  /** Of the averages. */
  Duration timeConstant();

  /**
   * The site with the lowest latency.
   *
   * @param margin how much better a rival must be before it replaces the site that is answered now,
   *     0 to 10 s in whole microseconds; keeps two equal sites from taking turns
   * @param timeConstant of the averages, 1 s to 1 day in whole milliseconds: an old measurement's
   *     weight falls to 37 % in that time
   * @param score what is compared: the latency itself or what is predicted from latency and loss
   */
  record Latency(Duration margin, Duration timeConstant, Score score) implements Policy {

    /** The largest margin. */
    public static final Duration MAX_MARGIN = Duration.ofSeconds(10);

    /** The shortest time constant. */
    public static final Duration MIN_TIME_CONSTANT = Duration.ofSeconds(1);

    /** The longest time constant. */
    public static final Duration MAX_TIME_CONSTANT = Duration.ofDays(1);

    /** A margin of 5 ms and a time constant of five minutes. */
    public static final Latency DEFAULT = new Latency(Duration.ofMillis(5), Duration.ofMinutes(5));

    /** Compares the latency itself. */
    public Latency(Duration margin, Duration timeConstant) {
      this(margin, timeConstant, new Score.Latency());
    }

    /** Checks the ranges. */
    public Latency {
      Limits.range("margin", margin, Duration.ZERO, MAX_MARGIN);
      Limits.whole("margin", margin, Duration.ofNanos(1_000));
      Limits.range("time-constant", timeConstant, MIN_TIME_CONSTANT, MAX_TIME_CONSTANT);
      Limits.whole("time-constant", timeConstant, Duration.ofMillis(1));
    }
  }

  /**
   * The site with the lowest weighted sum: {@code latency * score + kilometres * distance + cost *
   * cost + load * load}. Each weight says how many milliseconds one unit is worth. With a weight of
   * zero for the latency it is by proximity, by cost, by load, or by several of them.
   *
   * @param latency of a millisecond of the score, 0 to {@link #MAX_WEIGHT}
   * @param kilometres of a kilometre from the place, 0 to {@link #MAX_WEIGHT}
   * @param cost of a unit of the site's cost, 0 to {@link #MAX_WEIGHT}
   * @param load of a site's whole capacity in use, as the site reports it, 0 to {@link #MAX_WEIGHT}
   * @param margin as for {@link Latency}
   * @param timeConstant as for {@link Latency}
   * @param score as for {@link Latency}; the usual one where the latency has no weight, since it
   *     then counts for nothing
   */
  record Sum(
      double latency,
      double kilometres,
      double cost,
      double load,
      Duration margin,
      Duration timeConstant,
      Score score)
      implements Policy {

    /** The largest weight. */
    public static final double MAX_WEIGHT = 1e6;

    /** Checks the ranges, and that something counts. */
    public Sum {
      Limits.range("latency", latency, 0, MAX_WEIGHT);
      Limits.range("kilometres", kilometres, 0, MAX_WEIGHT);
      Limits.range("cost", cost, 0, MAX_WEIGHT);
      Limits.range("load", load, 0, MAX_WEIGHT);
      if (latency + kilometres + cost + load == 0) {
        throw new IllegalArgumentException(
            "every weight is 0 (expected at least one of latency, kilometres, cost and load above"
                + " 0)");
      }
      score = latency == 0 ? new Score.Latency() : score;
      new Latency(margin, timeConstant, score);
    }

    /** By proximity alone. */
    public static Sum proximity(Duration timeConstant) {
      return new Sum(0, 1, 0, 0, Duration.ZERO, timeConstant, new Score.Latency());
    }

    /** By cost alone. */
    public static Sum cheapest(Duration timeConstant) {
      return new Sum(0, 0, 1, 0, Duration.ZERO, timeConstant, new Score.Latency());
    }
  }

  /**
   * The first site of a list that is up.
   *
   * @param order every site's id once, best first
   * @param failback whether a better site takes over again by itself; otherwise the one that is
   *     answered stays until it fails, is taken out, or an operator says so
   * @param failbackDelay for how long a better site must have been up before it takes over, 0 to
   *     {@link #MAX_DELAY} in whole milliseconds; 0 without failback
   * @param timeConstant as for {@link Latency}
   */
  record Failover(
      List<String> order, boolean failback, Duration failbackDelay, Duration timeConstant)
      implements Policy {

    /** The longest delay. */
    public static final Duration MAX_DELAY = Duration.ofDays(1);

    /** Checks the ranges. */
    public Failover {
      order = List.copyOf(order);
      Limits.range("length of order", order.size(), 1, Service.MAX_SITES);
      if (order.stream().distinct().count() != order.size()) {
        throw new IllegalArgumentException("order: a site stands twice (expected each once)");
      }
      Limits.range("failback-delay", failbackDelay, Duration.ZERO, MAX_DELAY);
      Limits.whole("failback-delay", failbackDelay, Duration.ofMillis(1));
      if (!failback && !failbackDelay.isZero()) {
        throw new IllegalArgumentException(
            "failback-delay: nothing fails back by itself (expected none, or failback ="
                + " automatic)");
      }
      new Latency(Duration.ZERO, timeConstant);
    }

    /** A better site takes over at once, or never by itself. */
    public Failover(List<String> order, boolean failback, Duration timeConstant) {
      this(order, failback, Duration.ZERO, timeConstant);
    }

    /** Nothing is better by that much. */
    private static final Duration NEVER = Duration.ofDays(10_000);

    @Override
    public Duration margin() {
      return failback && failbackDelay.isZero() ? Duration.ZERO : NEVER;
    }
  }

  /**
   * An order and steps that each narrow or spread what is answered. Health comes before all of it:
   * steps work on the sites that are as healthy as the best. What a step takes out stands behind.
   *
   * @param order that the steps begin with; no chain itself
   * @param steps first to last, 1 to {@link #MAX_STEPS}; one at most of {@link Step.Static} and of
   *     {@link Step.Shed}, and at most one {@link Step.Spread}, at the end
   */
  record Chain(Policy order, List<Step> steps) implements Policy {

    /** The most steps. */
    public static final int MAX_STEPS = 20;

    /** Checks the order and the steps. */
    public Chain {
      steps = List.copyOf(steps);
      if (order instanceof Chain) {
        throw new IllegalArgumentException("order: a chain in a chain (expected another kind)");
      }
      Limits.range("number of steps", steps.size(), 1, MAX_STEPS);
      Step.checkSequence(steps);
    }

    @Override
    public Duration margin() {
      return order.margin();
    }

    @Override
    public Duration timeConstant() {
      return order.timeConstant();
    }

    /** The step of a kind. */
    public <S extends Step> Optional<S> step(Class<S> kind) {
      return steps.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
  }

  /** The policy that gives each site its number: itself, or that of a chain. */
  default Policy scored() {
    return this instanceof Chain chain ? chain.order() : this;
  }

  /** The steps behind the order; none but in a chain. */
  default List<Step> allSteps() {
    return this instanceof Chain chain ? chain.steps() : List.of();
  }
}
