package net.dglb.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.net.DomainName;

/** The rules that tie a zone, its form and its services together, all checked at once. */
final class ZoneRules {

  private static final int MAX_NAME_OCTETS = 255;

  private ZoneRules() {}

  static void requireNone(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(
          violations.stream().map(Violation::line).collect(Collectors.joining("; ")));
    }
  }

  static List<Violation> ofService(DomainName name, List<DomainName> aliases, List<Site> sites) {
    List<Violation> found = new ArrayList<>();
    nameHasRoom(name, found);
    if (sites.isEmpty() || sites.size() > Service.MAX_SITES) {
      found.add(
          Violation.of(
              name, "sites", sites.size() + " (expected 1 to " + Service.MAX_SITES + " sites)"));
    } else if (sites.stream().allMatch(site -> site.addresses().isEmpty())) {
      found.add(Violation.of(name, "sites", "none has an address (expected at least one in all)"));
    }
    Set<String> ids = new HashSet<>();
    Set<Object> addresses = new HashSet<>();
    for (Site site : sites) {
      if (!ids.add(site.id())) {
        found.add(Violation.of(name, "sites", "\"" + site.id() + "\" stands twice"));
      }
      site.addresses().stream()
          .filter(address -> !addresses.add(address))
          .forEach(address ->
              found.add(
                  Violation.of(
                      name,
                      "sites." + site.id() + ".addresses",
                      address.getHostAddress() + " belongs to another site already")));
    }
    if (aliases.size() > Service.MAX_ALIASES) {
      found.add(
          Violation.of(
              name, "aliases", aliases.size() + " (expected at most " + Service.MAX_ALIASES + ")"));
    }
    return found;
  }

  private static void nameHasRoom(DomainName name, List<Violation> found) {
    int octets = name.toWire().length;
    int most = MAX_NAME_OCTETS - EnterpriseZone.MAX_LABEL_OCTETS - 1;
    if (octets > most) {
      found.add(
          Violation.of(
              name,
              "",
              "the name has "
                  + octets
                  + " octets (expected at most "
                  + most
                  + ": a load balancer's label comes before it)"));
    }
    if (name.labels().contains("*")) {
      found.add(Violation.of(name, "", "a wildcard cannot be balanced (expected a plain name)"));
    }
  }

  static List<Violation> ofZone(DomainName origin, DelegationForm form, List<Service> services) {
    List<Violation> found = new ArrayList<>();
    if (origin.equals(DomainName.ROOT)) {
      found.add(Violation.ofZone("zone", "the root (expected a zone of the enterprise)"));
    }
    if (services.isEmpty() || services.size() > EnterpriseZone.MAX_SERVICES) {
      found.add(
          Violation.ofZone(
              "services",
              services.size() + " (expected 1 to " + EnterpriseZone.MAX_SERVICES + " services)"));
    }
    switch (form) {
      case ALIASED -> aliased(origin, services, found);
      case DELEGATED -> delegated(origin, services, found);
      case SHARED ->
          found.add(
              Violation.ofZone(
                  "form", "shared is not available yet (expected aliased or delegated)"));
    }
    services.forEach(service -> modeIsAvailable(service, found));
    unique(services, found);
    return found;
  }

  private static void modeIsAvailable(Service service, List<Violation> found) {
    if (service.mode() != Mode.ANSWER) {
      String mode = service.mode().name().toLowerCase(Locale.ROOT);
      found.add(
          Violation.of(service.name(), "mode", mode + " is not available yet (expected answer)"));
    }
  }

  private static void aliased(DomainName origin, List<Service> services, List<Violation> found) {
    for (Service service : services) {
      DomainName name = service.name();
      if (!name.isBelow(origin)) {
        found.add(
            Violation.of(
                name,
                "",
                "in the aliased form a service stands below the zone (expected a name below "
                    + origin
                    + ")"));
        continue;
      }
      int above = name.labels().size() - origin.labels().size() - 1;
      String first = name.labels().get(above);
      if (EnterpriseZone.RESERVED_LABELS.contains(first)) {
        found.add(
            Violation.of(
                name,
                "",
                "\"" + first + "\" is reserved directly under " + origin + " for the network"));
      }
      for (DomainName alias : service.aliases()) {
        if (alias.isAtOrBelow(origin)) {
          found.add(
              Violation.of(
                  name,
                  "aliases",
                  alias
                      + " lies in the zone "
                      + origin
                      + " itself (expected a name of the enterprise's own zone)"));
        }
      }
    }
  }

  private static void delegated(DomainName origin, List<Service> services, List<Violation> found) {
    if (services.size() > 1) {
      found.add(
          Violation.ofZone(
              "services",
              services.size()
                  + " (expected exactly one in the delegated form, named "
                  + origin
                  + ")"));
    }
    for (Service service : services) {
      if (!service.name().equals(origin)) {
        found.add(
            Violation.of(
                service.name(),
                "",
                "in the delegated form the service is the zone's apex (expected " + origin + ")"));
      }
      if (!service.aliases().isEmpty()) {
        found.add(
            Violation.of(
                service.name(), "aliases", "the delegated form has none (expected no aliases)"));
      }
    }
  }

  private static void unique(List<Service> services, List<Violation> found) {
    Set<DomainName> names = new HashSet<>();
    Set<DomainName> aliases = new HashSet<>();
    for (Service service : services) {
      if (!names.add(service.name())) {
        found.add(Violation.of(service.name(), "", "the service stands twice"));
      }
      for (DomainName alias : service.aliases()) {
        if (!aliases.add(alias)) {
          found.add(
              Violation.of(service.name(), "aliases", alias + " is given twice in this zone"));
        }
      }
    }
    for (Service service : services) {
      // A load balancer's label before the upper service could be the lower service's name.
      for (DomainName up = service.name().parent(); !up.equals(DomainName.ROOT); up = up.parent()) {
        if (names.contains(up)) {
          found.add(
              Violation.of(
                  service.name(), "", "it lies below the service " + up + " (expected beside it)"));
        }
      }
    }
  }
}
