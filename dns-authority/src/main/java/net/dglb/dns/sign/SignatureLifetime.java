package net.dglb.dns.sign;

import java.time.Duration;

/**
 * How long signatures hold (RFC 6781 section 4.4).
 *
 * @param skew how long before now they begin: clocks of others may be late
 * @param validity how long after now they end
 * @param jitter by how much less at random, so that not all have to be renewed at once; less than
 *     the validity
 */
public record SignatureLifetime(Duration skew, Duration validity, Duration jitter) {

  /** One hour, 14 days, up to one day less. */
  public static final SignatureLifetime DEFAULT =
      new SignatureLifetime(Duration.ofHours(1), Duration.ofDays(14), Duration.ofDays(1));

  /** Checks the ranges. */
  public SignatureLifetime {
    if (skew.isNegative() || jitter.isNegative() || validity.compareTo(jitter) <= 0) {
      throw new IllegalArgumentException(
          "signature lifetime: skew %s, validity %s, jitter %s (expected: none negative, jitter below validity)"
              .formatted(skew, validity, jitter));
    }
  }

  /** How long each signature holds at least from when it is made. */
  public Duration least() {
    return validity.minus(jitter);
  }
}
