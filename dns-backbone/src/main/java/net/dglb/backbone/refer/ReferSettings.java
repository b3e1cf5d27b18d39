package net.dglb.backbone.refer;

import net.dglb.net.DomainName;

/**
 * How this node's referrals look.
 *
 * @param contact the mailbox in SOA records, as a name
 * @param courtesyReferral whether the referral of the label stands beside the CNAME
 * @param shortTtlSeconds of whatever is only good until something better is known: 1 to 20
 */
public record ReferSettings(DomainName contact, boolean courtesyReferral, int shortTtlSeconds) {

  /** The longest TTL of labels that only label addresses serve. */
  public static final int LONGEST_SHORT_TTL_SECONDS = 20;

  /** Checks the range. */
  public ReferSettings {
    if (shortTtlSeconds < 1 || shortTtlSeconds > LONGEST_SHORT_TTL_SECONDS) {
      throw new IllegalArgumentException(
          "short TTL: " + shortTtlSeconds + " s (expected 1 to 20 s)");
    }
  }
}
