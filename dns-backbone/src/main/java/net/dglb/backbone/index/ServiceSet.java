package net.dglb.backbone.index;

import java.util.List;
import net.dglb.service.HealthCheck;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * Services that are decided alike, whatever their names: what is estimated for one of them holds
 * for all.
 *
 * @param sites the candidates
 * @param check how they are measured
 * @param policy how they are ranked
 */
public record ServiceSet(List<Site> sites, HealthCheck check, Policy policy) {

  /** Copies the list. */
  public ServiceSet {
    sites = List.copyOf(sites);
  }

  /** The set that a service belongs to. */
  public static ServiceSet of(Service service) {
    return new ServiceSet(service.sites(), service.check(), service.policy());
  }
}
