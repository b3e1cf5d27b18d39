package net.dglb.service;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.net.DomainName;

/**
 * One balanced name.
 *
 * @param name what the backbone answers with a CNAME to the nearest load balancer's label
 * @param aliases names in the enterprise's own zone that are to be CNAMEs to this service; only in
 *     the aliased form
 * @param mode what is answered
 * @param sites in configured order (in a document: of their ids), at least one, at least one
 *     address in all
 * @param check how sites are probed
 * @param policy how sites are ranked
 * @param ttls how long each step is kept
 * @param probeCapPerSecond the most probes per second that a site of this service may see from all
 *     load balancers together; 0 for none but the interval. A document is refused with less than
 *     one an hour of each of its addresses, what was registered before that goes on
 * @param allDown what is answered while every site is down
 * @param answering what an answer holds
 * @param unannounced what becomes of resolvers beside whom nobody measures
 */
public record Service(
    DomainName name,
    List<DomainName> aliases,
    Mode mode,
    List<Site> sites,
    HealthCheck check,
    Policy policy,
    Ttls ttls,
    double probeCapPerSecond,
    AllDown allDown,
    Answering answering,
    Unannounced unannounced) {

  /** The most sites of a service. */
  public static final int MAX_SITES = 1_000;

  /** The most aliases of a service. */
  public static final int MAX_ALIASES = 100;

  /** The largest cap on probes. */
  public static final double MAX_PROBE_CAP = 1_000_000;

  /** A service that answers the best site, or the last good order while every site is down. */
  public Service(
      DomainName name,
      List<DomainName> aliases,
      Mode mode,
      List<Site> sites,
      HealthCheck check,
      Policy policy,
      Ttls ttls,
      double probeCapPerSecond) {
    this(
        name,
        aliases,
        mode,
        sites,
        check,
        policy,
        ttls,
        probeCapPerSecond,
        AllDown.DEFAULT,
        Answering.DEFAULT,
        Unannounced.ANSWER);
  }

  /** Copies the lists and checks what belongs to this service alone. */
  public Service {
    aliases = List.copyOf(aliases);
    sites = List.copyOf(sites);
    Limits.range("probe-cap-per-second", probeCapPerSecond, 0, MAX_PROBE_CAP);
    ZoneRules.requireNone(ZoneRules.ofService(name, aliases, sites));
    ZoneRules.requireNone(PolicyRules.of(name, policy, sites, check.exchange()));
  }

  /** The same service with other sites. */
  public Service withSites(List<Site> others) {
    return new Service(
        name,
        aliases,
        mode,
        others,
        check,
        policy,
        ttls,
        probeCapPerSecond,
        allDown,
        answering,
        unannounced);
  }

  /** Whether the backbone itself answers resolvers beside whom nobody measures. */
  public boolean answersUnannounced() {
    return mode == Mode.DIRECT || (mode == Mode.ANSWER && unannounced == Unannounced.ANSWER);
  }

  /** Every address of every site with this service's check. */
  public Stream<ProbeTarget> targets() {
    return sites.stream().flatMap(site -> site.addresses().stream()).map(this::target);
  }

  /** An address of a site, as this service has it measured. */
  public ProbeTarget target(InetAddress address) {
    return new ProbeTarget(address, check, policy.timeConstant());
  }
}
