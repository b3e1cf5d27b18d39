package net.dglb.service;

import java.time.Duration;

/** How a service turns estimates into a ranking. */
public sealed interface Policy {

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
}
