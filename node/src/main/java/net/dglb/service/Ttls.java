package net.dglb.service;

import java.time.Duration;

/**
 * How long resolvers keep each step of the way, in whole seconds from {@link #MIN} to {@link #MAX},
 * each not longer than the step before it.
 *
 * @param delegation the enterprise's zone to the backbone (001, Figure 4: one day)
 * @param referral the backbone to a load balancer: CNAME and NS (one hour)
 * @param answer a load balancer's addresses (five minutes)
 */
public record Ttls(Duration delegation, Duration referral, Duration answer) {

  /** The shortest time to live; none at all would bring every client's question to us. */
  public static final Duration MIN = Duration.ofSeconds(1);

  /** The longest time to live. */
  public static final Duration MAX = Duration.ofDays(7);

  /** One day, one hour, five minutes. */
  public static final Ttls DEFAULT =
      new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5));

  /** Checks the ranges and the order. */
  public Ttls {
    check("delegation", delegation);
    check("referral", referral);
    check("answer", answer);
    notLonger("referral", referral, "delegation", delegation);
    notLonger("answer", answer, "referral", referral);
  }

  static void check(String what, Duration value) {
    Limits.range(what, value, MIN, MAX);
    Limits.whole(what, value, Duration.ofSeconds(1));
  }

  static void notLonger(String what, Duration value, String bound, Duration limit) {
    if (value.compareTo(limit) > 0) {
      throw new IllegalArgumentException(
          what
              + ": "
              + Limits.text(value)
              + " (expected at most the "
              + bound
              + " TTL of "
              + Limits.text(limit)
              + ")");
    }
  }
}
