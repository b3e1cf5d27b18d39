package net.dglb.backbone.refer;

import net.dglb.net.DomainName;

/**
 * How this node's referrals look.
 *
 * @param contact the mailbox in SOA records, as a name
 * @param courtesyReferral whether the referral of the label stands beside the CNAME
 * @param shortTtlSeconds of whatever is only good until something better is known: 1 to 20
 * @param zoneTtlSeconds of a zone's SOA record and keys, and of the addresses of load balancers in
 *     it: 1 to 86400
 */
public record ReferSettings(
    DomainName contact, boolean courtesyReferral, int shortTtlSeconds, int zoneTtlSeconds) {

  private static final int USUAL_ZONE_TTL_SECONDS = 3600;
  private static final int LONGEST_ZONE_TTL_SECONDS = 86_400;

  /** The longest TTL of labels that only label addresses serve. */
  public static final int LONGEST_SHORT_TTL_SECONDS = 20;

  /** With an hour for the records of zones. */
  public ReferSettings(DomainName contact, boolean courtesyReferral, int shortTtlSeconds) {
    this(contact, courtesyReferral, shortTtlSeconds, USUAL_ZONE_TTL_SECONDS);
  }

  /** Checks the ranges. */
  public ReferSettings {
    if (shortTtlSeconds < 1 || shortTtlSeconds > LONGEST_SHORT_TTL_SECONDS) {
      throw new IllegalArgumentException(
          "short TTL: " + shortTtlSeconds + " s (expected 1 to 20 s)");
    }
    if (zoneTtlSeconds < 1 || zoneTtlSeconds > LONGEST_ZONE_TTL_SECONDS) {
      throw new IllegalArgumentException(
          "zone TTL: " + zoneTtlSeconds + " s (expected 1 to 86400 s)");
    }
  }
}
