package net.dglb.decision;

import java.util.Optional;
import java.util.Set;
import net.dglb.net.DomainName;

/** What operators say of sites. */
@FunctionalInterface
public interface AdminStates {

  /** Nobody says anything: probes alone count. */
  AdminStates NONE = (_, _) -> Optional.empty();

  /** What is said of a site of a service; empty if probes alone count. */
  Optional<AdminState> of(DomainName service, String siteId);

  /** The same, were these sites of every service taken out. */
  default AdminStates without(Set<String> siteIds) {
    return (service, siteId) ->
        siteIds.contains(siteId) ? Optional.of(AdminState.DOWN) : of(service, siteId);
  }
}
