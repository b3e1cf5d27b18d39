package net.dglb.dns.keys;

import net.dglb.dns.keys.KeyState.Active;
import net.dglb.dns.keys.KeyState.Announced;
import net.dglb.dns.keys.KeyState.Introduced;
import net.dglb.dns.keys.KeyState.Withdrawn;
import net.dglb.dns.sign.SigningKey;

/** A key of a zone and how far it is in its life. */
public record ZoneKey(SigningKey key, KeyState state) {

  /** The same key in another state. */
  public ZoneKey with(KeyState next) {
    return new ZoneKey(key, next);
  }

  /** Whether it is in the zone's DNSKEY set. */
  public boolean isPublished() {
    return !(state instanceof Introduced || state instanceof Withdrawn);
  }

  /** Whether the parent vouches for it, and for no newer one. */
  public boolean isActive() {
    return state instanceof Active;
  }

  /** Whether it waits for its DS record. */
  public boolean isAnnounced() {
    return state instanceof Announced;
  }
}
