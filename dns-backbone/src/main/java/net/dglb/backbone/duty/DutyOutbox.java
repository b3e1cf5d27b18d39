package net.dglb.backbone.duty;

import java.util.Map;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.net.DomainName;
import net.dglb.service.Service;

/** Where duties go: this node's own sessions with load balancers. */
public interface DutyOutbox {

  /** Whether this node has a session with a load balancer. */
  boolean isConnected(String holder);

  /**
   * Sends a duty, after the zone that it needs.
   *
   * @param origin the zone that the service belongs to
   * @param service whose label it is
   */
  void order(String holder, DomainName origin, Service service, LabelDuty duty);

  /** Sends what is known at a place of a service's sites, to who answers for it. */
  void estimates(String holder, String place, Service service);

  /**
   * Sends how many load balancers probe the sites of services that cap their probes, as far as the
   * holder was not told so.
   */
  void probers(String holder, Map<DomainName, Integer> loadBalancers);

  /** Sends the end of a duty: the holder goes on answering for some seconds. */
  void end(String holder, String label, DomainName service, int serveSeconds);
}
