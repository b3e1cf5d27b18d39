package net.dglb.service;

import java.util.List;
import java.util.Optional;
import net.dglb.net.DomainName;

/**
 * What an enterprise registers: a zone that the backbone serves, and its balanced names. Only what
 * can be served now can be made: forms and modes that are not available yet are refused.
 *
 * @param enterprise the owner's identifier: lower-case letters, digits and hyphens
 * @param origin the apex of the zone
 * @param form how the enterprise's own zone leads here
 * @param dnssec whether the zone is signed
 * @param version assigned by the backbone, 1 and up, only grows; 0 before that
 * @param services in configured order (in a document: of their names), at least one
 */
public record EnterpriseZone(
    String enterprise,
    DomainName origin,
    DelegationForm form,
    boolean dnssec,
    long version,
    List<Service> services) {

  /** The most services of one zone. */
  public static final int MAX_SERVICES = 10_000;

  /** Labels directly under an apex that the network needs for itself. */
  public static final List<String> RESERVED_LABELS = List.of("ns", "_dglb");

  /**
   * The longest id of a load balancer, in octets: the label that stands before a service's name.
   */
  public static final int MAX_LABEL_OCTETS = 40;

  /** Copies the list and checks the rules of the form. */
  public EnterpriseZone {
    checkEnterprise(enterprise);
    Limits.range("version", version, 0, Long.MAX_VALUE);
    services = List.copyOf(services);
    ZoneRules.requireNone(
        ZoneRules.ofZone(
            origin, form, dnssec, services.stream().map(ZoneRules.Entry::of).toList()));
  }

  /**
   * Refuses what is no identifier of an enterprise.
   *
   * @throws IllegalArgumentException if it is none, saying what is expected
   */
  public static void checkEnterprise(String enterprise) {
    Limits.identifier("enterprise", enterprise);
  }

  /** The same zone with another version. */
  public EnterpriseZone withVersion(long newVersion) {
    return new EnterpriseZone(enterprise, origin, form, dnssec, newVersion, services);
  }

  /** The same zone with other services. */
  public EnterpriseZone withServices(List<Service> others) {
    return new EnterpriseZone(enterprise, origin, form, dnssec, version, others);
  }

  /** The service of that name. */
  public Optional<Service> service(DomainName name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }
}
