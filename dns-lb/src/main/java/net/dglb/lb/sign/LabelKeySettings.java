package net.dglb.lb.sign;

import java.time.Duration;

/**
 * How long what is published of this load balancer's key stays in use elsewhere; {@code
 * lb-reference.conf} documents the keys.
 *
 * @param keyTtl of the labels' DNSKEY sets, in whole seconds, 1 s to 7 d
 * @param propagation how long backups and backbone nodes may take until each has what was signed
 *     anew, up to 30 d
 */
public record LabelKeySettings(Duration keyTtl, Duration propagation) {

  /** The shortest and the longest TTL. */
  public static final Duration MIN_TTL = Duration.ofSeconds(1);

  public static final Duration MAX_TTL = Duration.ofDays(7);

  /** The longest propagation. */
  public static final Duration MAX_PROPAGATION = Duration.ofDays(30);

  /** An hour each. */
  public static final LabelKeySettings DEFAULT =
      new LabelKeySettings(Duration.ofHours(1), Duration.ofHours(1));

  int keySeconds() {
    return (int) keyTtl.toSeconds();
  }
}
