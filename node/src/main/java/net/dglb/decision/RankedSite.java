package net.dglb.decision;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A candidate with its rank's terms.
 *
 * @param siteId the site within its service
 * @param address one address of it
 * @param health as it counted
 * @param estimate as it counted: empty if never measured or stale
 * @param kilometres from the place, if both locations are known
 * @param reason why it stands here
 * @param aheadSince since when, without a break, its latency has been clearly lower than that of
 *     the first, which was kept all the same; empty if it is not
 */
public record RankedSite(
    String siteId,
    InetAddress address,
    Health health,
    Optional<Estimate> estimate,
    OptionalDouble kilometres,
    Reason reason,
    Optional<Instant> aheadSince) {}
