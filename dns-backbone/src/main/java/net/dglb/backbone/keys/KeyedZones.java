package net.dglb.backbone.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.dns.keys.KeyTimes;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.TextSet;

/** The zones that the backbone has keys of: enterprises' that are to be signed, and its own. */
final class KeyedZones {

  /**
   * One of them.
   *
   * @param registered the enterprise's zone; empty for the backbone's own
   */
  record KeyedZone(DomainName origin, Optional<EnterpriseZone> registered) {

    boolean isOwn() {
      return registered.isEmpty();
    }
  }

  private final ZoneRegistry registry;
  private final KeyedZone own;
  private final Supplier<RollSettings> settings;

  KeyedZones(ZoneRegistry registry, DomainName own, Supplier<RollSettings> settings) {
    this.registry = registry;
    this.own = new KeyedZone(own, Optional.empty());
    this.settings = settings;
  }

  KeyedZone own() {
    return own;
  }

  /** Those of these zones that are to be signed, and the own one. */
  List<KeyedZone> among(Collection<EnterpriseZone> zones) {
    List<KeyedZone> keyed = new ArrayList<>();
    for (EnterpriseZone zone : zones) {
      if (zone.dnssec()) {
        keyed.add(of(zone));
      }
    }
    keyed.add(own);
    return keyed;
  }

  static KeyedZone of(EnterpriseZone zone) {
    return new KeyedZone(zone.origin(), Optional.of(zone));
  }

  /** One that is registered, signed or not, or the own one. */
  Optional<KeyedZone> find(DomainName origin) {
    return origin.equals(own.origin())
        ? Optional.of(own)
        : registry.get(origin).map(KeyedZones::of);
  }

  /** How long resolvers keep what they have of a zone. */
  KeyTimes times(KeyedZone zone) {
    RollSettings now = settings.get();
    Duration highest = now.keyTtl();
    for (Service service : zone.registered().map(EnterpriseZone::services).orElse(List.of())) {
      highest = longer(highest, service.ttls().delegation());
      highest = longer(highest, service.ttls().referral());
    }
    for (TextSet text : registry.texts(zone.origin()).sets()) {
      highest = longer(highest, Duration.ofSeconds(text.ttlSeconds()));
    }
    return new KeyTimes(highest, now.keyTtl(), now.parentTtl(), now.propagation());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Whether resolvers may hold records of it from before it was to be signed. */
  boolean wasServedUnsigned(KeyedZone zone) {
    return zone.isOwn()
        || registry
            .state()
            .served(zone.origin())
            .map(record -> record.getHistoryList().stream().anyMatch(KeyedZones::isUnsigned))
            .orElse(false);
  }

  private static boolean isUnsigned(ZoneVersion version) {
    try {
      return !ZoneRegistry.model(version).dnssec();
    } catch (MalformedMessageException e) {
      return true;
    }
  }
}
