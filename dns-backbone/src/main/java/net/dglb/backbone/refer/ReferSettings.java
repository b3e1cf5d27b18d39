package net.dglb.backbone.refer;

import java.util.List;
import net.dglb.net.DomainName;

/**
 * How this node's referrals look.
 *
 * @param nameServers names of the backbone's own name servers, this node's first
 * @param contact the mailbox in SOA records, as a name
 * @param courtesyReferral whether the referral of the label stands beside the CNAME
 * @param shortTtlSeconds of whatever is only good until something better is known: 1 to 20
 */
public record ReferSettings(
    List<DomainName> nameServers,
    DomainName contact,
    boolean courtesyReferral,
    int shortTtlSeconds) {

  /** The longest TTL of labels that only label addresses serve. */
  public static final int LONGEST_SHORT_TTL_SECONDS = 20;

  /** Copies the list and checks the ranges. */
  public ReferSettings {
    nameServers = List.copyOf(nameServers);
    if (nameServers.isEmpty()) {
      throw new IllegalArgumentException("name servers: none (expected at least one)");
    }
    if (shortTtlSeconds < 1 || shortTtlSeconds > LONGEST_SHORT_TTL_SECONDS) {
      throw new IllegalArgumentException(
          "short TTL: " + shortTtlSeconds + " s (expected 1 to 20 s)");
    }
  }
}
