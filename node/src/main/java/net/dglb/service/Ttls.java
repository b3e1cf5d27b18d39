package net.dglb.service;

import java.time.Duration;

/**
 * How long resolvers keep each step of the way, in whole seconds from {@link #MIN} to {@link #MAX},
 * each not longer than the step before it.
 *
 * @param delegation the enterprise's zone to the backbone (001, Figure 4: one day)
 * @param referral the backbone to a load balancer: CNAME and NS (one hour)
 * @param answer a load balancer's addresses (five minutes)
 * @param changing the same while a site's health is about to change
 */
public record Ttls(Duration delegation, Duration referral, Duration answer, Duration changing) {

  /** The shortest time to live; none at all would bring every client's question to us. */
  public static final Duration MIN = Duration.ofSeconds(1);

  /** The longest time to live. */
  public static final Duration MAX = Duration.ofDays(7);

  /** How long answers are kept while health changes where nothing else is given. */
  public static final Duration USUAL_CHANGING = Duration.ofSeconds(30);

  /** One day, one hour, five minutes. */
  public static final Ttls DEFAULT =
      new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5));

  /** With the usual TTL while health changes. */
  public Ttls(Duration delegation, Duration referral, Duration answer) {
    this(delegation, referral, answer, usualChanging(answer));
  }

  static Duration usualChanging(Duration answer) {
    return answer.compareTo(USUAL_CHANGING) < 0 ? answer : USUAL_CHANGING;
  }

  /** Checks the ranges and the order. */
  public Ttls {
    check("delegation", delegation);
    check("referral", referral);
    check("answer", answer);
    check("changing", changing);
    notLonger("referral", referral, "delegation", delegation);
    notLonger("answer", answer, "referral", referral);
    notLonger("changing", changing, "answer", answer);
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
