package net.dglb.lb.duty;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * The services that backbone nodes sent, by name. Of a zone the highest version counts. A service
 * that its zone no longer has is kept in its last form for as long as a label of it is answered.
 */
final class ServiceBook {

  private final Map<DomainName, EnterpriseZone> zones = new HashMap<>();
  private final Map<DomainName, Long> removedVersions = new HashMap<>();
  private final Map<DomainName, KnownService> services = new HashMap<>();

  /** By zone: also those that are kept although it no longer has them. */
  private final Map<DomainName, Set<DomainName>> byOrigin = new HashMap<>();

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
      KnownService before = put(known);
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
    return Set.copyOf(byOrigin.getOrDefault(origin, Set.of()));
  }

  private @Nullable KnownService put(KnownService known) {
    DomainName name = known.service().name();
    KnownService before = services.put(name, known);
    if (before != null && !before.origin().equals(known.origin())) {
      forgetOrigin(before);
    }
    byOrigin.computeIfAbsent(known.origin(), _ -> new HashSet<>()).add(name);
    return before;
  }

  private void forgetOrigin(KnownService known) {
    byOrigin.computeIfPresent(
        known.origin(),
        (_, names) -> {
          names.remove(known.service().name());
          return names.isEmpty() ? null : names;
        });
  }

  /** Drops a service if neither a zone has it nor a label needs it. */
  void dropIfUnneeded(DomainName service, Predicate<DomainName> needed) {
    KnownService known = services.get(service);
    if (known != null && !isRegistered(known) && !needed.test(service)) {
      services.remove(service);
      forgetOrigin(known);
    }
  }

  /** The same of every service that a zone has or had. */
  void dropUnneededOf(DomainName origin, Predicate<DomainName> needed) {
    List.copyOf(byOrigin.getOrDefault(origin, Set.of()))
        .forEach(service -> dropIfUnneeded(service, needed));
  }

  /** The same of every service. */
  void dropUnneeded(Predicate<DomainName> needed) {
    List.copyOf(services.keySet()).forEach(service -> dropIfUnneeded(service, needed));
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
    if (!services.containsKey(known.service().name())) {
      put(known);
    }
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
