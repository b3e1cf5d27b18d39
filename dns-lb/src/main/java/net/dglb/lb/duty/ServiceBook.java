package net.dglb.lb.duty;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * The services that backbone nodes sent, by name. Of a zone the highest version counts. A service
 * that its zone no longer has is kept in its last form for as long as a label of it is answered.
 */
final class ServiceBook {

  private final Map<DomainName, EnterpriseZone> zones = new HashMap<>();
  private final Map<DomainName, Long> removedVersions = new HashMap<>();
  private final Map<DomainName, KnownService> services = new HashMap<>();

  /** Takes a zone unless it is older than what is known; gives the services that changed. */
  Set<DomainName> update(EnterpriseZone zone) {
    if (zone.version() <= version(zone.origin())) {
      return Set.of();
    }
    zones.put(zone.origin(), zone);
    removedVersions.remove(zone.origin());
    Set<DomainName> changed = new HashSet<>();
    for (Service service : zone.services()) {
      KnownService known = new KnownService(zone.origin(), zone.version(), service, zone.dnssec());
      KnownService before = services.put(service.name(), known);
      if (before == null || !before.service().equals(service) || before.dnssec() != zone.dnssec()) {
        changed.add(service.name());
      }
    }
    return changed;
  }

  /** Forgets a zone as a whole unless a later version is known; gives the services it had. */
  Set<DomainName> remove(DomainName origin, long version) {
    if (version < version(origin)) {
      return Set.of();
    }
    zones.remove(origin);
    removedVersions.put(origin, version);
    Set<DomainName> had = new HashSet<>();
    services.forEach((name, known) -> {
      if (known.origin().equals(origin)) {
        had.add(name);
      }
    });
    return had;
  }

  /** Drops what neither a zone has nor a label needs. */
  void dropUnneeded(Predicate<DomainName> needed) {
    services
        .values()
        .removeIf(known -> !isRegistered(known) && !needed.test(known.service().name()));
  }

  Optional<KnownService> find(DomainName service) {
    return Optional.ofNullable(services.get(service));
  }

  Collection<EnterpriseZone> zones() {
    return zones.values();
  }

  /** Services that are kept although their zone no longer has them. */
  Collection<KnownService> dropped() {
    return services.values().stream().filter(known -> !isRegistered(known)).toList();
  }

  /** Puts back a service that {@link #dropped} gave. */
  void restoreDropped(KnownService known) {
    services.putIfAbsent(known.service().name(), known);
  }

  /** Versions of the zones that were removed. */
  Map<DomainName, Long> removedVersions() {
    return removedVersions;
  }

  /** Puts back what {@link #removedVersions} gave. */
  void restoreRemoved(DomainName origin, long version) {
    removedVersions.put(origin, version);
  }

  private long version(DomainName origin) {
    EnterpriseZone zone = zones.get(origin);
    return zone != null ? zone.version() : removedVersions.getOrDefault(origin, 0L);
  }

  private boolean isRegistered(KnownService known) {
    EnterpriseZone zone = zones.get(known.origin());
    return zone != null && zone.version() == known.zoneVersion();
  }
}
