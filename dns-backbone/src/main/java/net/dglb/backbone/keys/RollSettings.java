package net.dglb.backbone.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * How the keys of enterprise zones follow each other.
 *
 * @param keyLifetime after which a key is replaced; empty: only on command
 * @param keyTtl of a zone's DNSKEY, CDS and CDNSKEY sets, and the least that resolvers keep some
 *     record of it
 * @param parentTtl the longest TTL of a DS set at any parent
 * @param propagation until all name servers of a parent, and all backbone nodes, have a change
 */
public record RollSettings(
    Optional<Duration> keyLifetime, Duration keyTtl, Duration parentTtl, Duration propagation) {

  /** Only on command; an hour, a day and an hour. */
  public static final RollSettings DEFAULT =
      new RollSettings(
          Optional.empty(), Duration.ofHours(1), Duration.ofDays(1), Duration.ofHours(1));
}
