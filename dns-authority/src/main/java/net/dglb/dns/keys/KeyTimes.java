package net.dglb.dns.keys;

import java.time.Duration;

/**
 * How long what is published stays in caches.
 *
 * @param zone the highest TTL of the zone's records
 * @param keys the TTL of the DNSKEY set
 * @param parent the TTL of the DS set at the parent
 * @param propagation how long a change takes until every secondary server of this zone, or of the
 *     parent's, has it
 */
public record KeyTimes(Duration zone, Duration keys, Duration parent, Duration propagation) {

  /** Until no record is cached any more from before a change. */
  public Duration records() {
    return zone.plus(propagation);
  }

  /** The same of key sets. */
  public Duration keySets() {
    return keys.plus(propagation);
  }

  /** The same of DS records at the parent. */
  public Duration delegations() {
    return parent.plus(propagation);
  }

  /** Until a resolver has neither a record nor a key set from before. */
  public Duration everything() {
    return (zone.compareTo(keys) > 0 ? zone : keys).plus(propagation);
  }
}
