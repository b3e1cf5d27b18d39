package net.dglb.authority.keys;

import net.dglb.authority.keys.KeyState.Active;
import net.dglb.authority.keys.KeyState.Announced;
import net.dglb.authority.keys.KeyState.Introduced;
import net.dglb.authority.keys.KeyState.Withdrawn;
import net.dglb.dns.sign.SigningKey;

/** A key of a zone and how far it is in its life. */
record ZoneKey(SigningKey key, KeyState state) {

  ZoneKey with(KeyState next) {
    return new ZoneKey(key, next);
  }

  /** Whether it is in the zone's DNSKEY set. */
  boolean isPublished() {
    return !(state instanceof Introduced || state instanceof Withdrawn);
  }

  boolean isActive() {
    return state instanceof Active;
  }

  boolean isAnnounced() {
    return state instanceof Announced;
  }
}
