package net.dglb.lab.plan;

import java.time.Duration;
import net.dglb.service.Ttls;

/**
 * What the user chose.
 *
 * @param loadBalancers how many cities have a load balancer and a resolver: 1 to 10
 * @param sites how many sites there are: 1 to 10
 * @param ipv6 whether everything has an IPv6 address too
 * @param dnsPort the port of every name server
 * @param sitePort the port of every site
 * @param probeInterval how often each load balancer measures each site
 * @param referralTtl TTL of the backbone's referrals
 * @param answerTtl TTL of the load balancers' answers
 * @param dnssec whether the root, the top-level domain, the enterprise's zone and zones of the
 *     aliased form are signed
 */
public record LabOptions(
    int loadBalancers,
    int sites,
    boolean ipv6,
    int dnsPort,
    int sitePort,
    Duration probeInterval,
    Duration referralTtl,
    Duration answerTtl,
    boolean dnssec) {

  /** The most load balancers, and the most sites. */
  public static final int CITIES = 10;

  /** Checks the ranges. */
  public LabOptions {
    inRange("load balancers", loadBalancers, CITIES);
    inRange("sites", sites, CITIES);
    inRange("DNS port", dnsPort, 65535);
    inRange("site port", sitePort, 65535);
    new Ttls(Ttls.DEFAULT.delegation(), referralTtl, answerTtl);
  }

  private static void inRange(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(what + ": " + value + " (expected 1 to " + max + ")");
    }
  }
}
