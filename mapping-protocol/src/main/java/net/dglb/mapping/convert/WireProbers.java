package net.dglb.mapping.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.mapping.wire.Probers;
import net.dglb.mapping.wire.ServiceProbers;
import net.dglb.net.DomainName;

/** How many load balancers probe the sites of services that cap their probes. */
public final class WireProbers {

  /** The most services of one message. */
  public static final int SERVICES = 1024;

  private WireProbers() {}

  /** The messages that say so; none if there is nothing to say. */
  public static List<Probers> toWire(Map<DomainName, Integer> counts) {
    List<Probers> messages = new ArrayList<>();
    Probers.Builder next = Probers.newBuilder();
    for (Map.Entry<DomainName, Integer> count : new TreeMap<>(counts).entrySet()) {
      next.addServices(
          ServiceProbers.newBuilder()
              .setService(count.getKey().toString())
              .setLoadBalancers(count.getValue()));
      if (next.getServicesCount() == SERVICES) {
        messages.add(next.build());
        next = Probers.newBuilder();
      }
    }
    if (next.getServicesCount() > 0) {
      messages.add(next.build());
    }
    return messages;
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException if it names too many services, or no load balancer
   */
  public static Map<DomainName, Integer> fromWire(Probers message)
      throws MalformedMessageException {
    Map<DomainName, Integer> counts = new TreeMap<>();
    for (ServiceProbers each :
        Reading.all("services", message.getServicesList(), SERVICES, it -> it)) {
      DomainName service = WireDuties.name("service", each.getService());
      counts.put(service, count(service, each.getLoadBalancers()));
    }
    return counts;
  }

  private static int count(DomainName service, int loadBalancers) throws MalformedMessageException {
    if (loadBalancers < 1) {
      throw new MalformedMessageException(
          service
              + ": "
              + Integer.toUnsignedString(loadBalancers)
              + " load balancers (expected 1 to 2^31-1)");
    }
    return loadBalancers;
  }
}
