package net.dglb.backbone.duty;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/** The services of all zones, found by name without a search. Lives on the control thread. */
final class RegisteredServices {

  private List<EnterpriseZone> zones = List.of();
  private Map<DomainName, RegisteredService> byName = Map.of();

  /** Takes the zones as they are now; gives the services that came, went, or are not the same. */
  Set<DomainName> take(Collection<EnterpriseZone> all) {
    List<EnterpriseZone> now = List.copyOf(all);
    if (now.equals(zones)) {
      return Set.of();
    }
    Map<DomainName, RegisteredService> next = new HashMap<>();
    Set<DomainName> changed = new HashSet<>(byName.keySet());
    for (EnterpriseZone zone : now) {
      for (Service service : zone.services()) {
        RegisteredService before = byName.get(service.name());
        boolean same = before != null && before.isOf(zone, service);
        next.put(service.name(), same ? before : RegisteredService.of(zone, service));
        if (same) {
          changed.remove(service.name());
        } else {
          changed.add(service.name());
        }
      }
    }
    zones = now;
    byName = next;
    return changed;
  }

  @Nullable RegisteredService find(DomainName name) {
    return byName.get(name);
  }

  Set<DomainName> names() {
    return byName.keySet();
  }
}
