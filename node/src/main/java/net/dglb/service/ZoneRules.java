package net.dglb.service;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.net.AddressLiteral;
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
                      AddressLiteral.text(address) + " belongs to another site already")));
    }
    if (aliases.size() > Service.MAX_ALIASES) {
      found.add(
          Violation.of(
              name, "aliases", aliases.size() + " (expected at most " + Service.MAX_ALIASES + ")"));
    }
    return found;
  }

  /** A cap that even one load balancer alone could keep to only by probing too rarely. */
  static List<Violation> ofProbeCap(DomainName name, double cap, List<Site> sites) {
    double longest = HealthCheck.MAX_INTERVAL.toSeconds();
    return sites.stream()
        .max(Comparator.comparingInt(site -> site.addresses().size()))
        .filter(site -> cap > 0 && site.addresses().size() / cap > longest)
        .map(site ->
            Violation.of(
                name,
                "probe-cap-per-second",
                "%s (expected 0, or at least %s: one probe an hour of each of the %d addresses of %s)"
                    .formatted(
                        cap,
                        BigDecimal.valueOf(site.addresses().size() / longest)
                            .setScale(6, RoundingMode.UP),
                        site.addresses().size(),
                        site.id())))
        .stream()
        .toList();
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

  /** The part of a service that the rules of a zone are about. */
  record Entry(DomainName name, List<DomainName> aliases, Mode mode) {

    static Entry of(Service service) {
      return new Entry(service.name(), service.aliases(), service.mode());
    }
  }

  static String wrongCount(int services) {
    return services + " (expected 1 to " + EnterpriseZone.MAX_SERVICES + " services)";
  }

  static List<Violation> ofZone(
      DomainName origin, DelegationForm form, boolean dnssec, List<Entry> entries) {
    List<Violation> found = new ArrayList<>();
    if (origin.equals(DomainName.ROOT)) {
      found.add(Violation.ofZone("zone", "the root (expected a zone of the enterprise)"));
    }
    if (entries.isEmpty() || entries.size() > EnterpriseZone.MAX_SERVICES) {
      found.add(Violation.ofZone("services", wrongCount(entries.size())));
    }
    switch (form) {
      case ALIASED -> entries.forEach(entry -> aliased(origin, entry, found));
      case DELEGATED -> delegated(origin, entries, found);
      case SHARED ->
          found.add(
              Violation.ofZone(
                  "form", "shared is not available yet (expected aliased or delegated)"));
    }
    if (dnssec) {
      canBeSigned(origin, form, entries, found);
    }
    entries.forEach(entry -> modeIsAvailable(entry, found));
    unique(entries, found);
    notNested(entries, found);
    return found;
  }

  /** A CNAME may stand beside no other record in a signed zone (RFC 1034 section 3.6.2). */
  private static void canBeSigned(
      DomainName origin, DelegationForm form, List<Entry> entries, List<Violation> found) {
    boolean alias = entries.stream().anyMatch(entry -> entry.mode() != Mode.DIRECT);
    if (form == DelegationForm.DELEGATED && alias && !origin.equals(DomainName.ROOT)) {
      DomainName zone = origin.parent().child("lb");
      DomainName service = zone.child(origin.labels().getFirst());
      found.add(
          Violation.ofZone(
              "dnssec",
              ("true, but %s would hold a CNAME beside its SOA and NS records, which no signed zone"
                      + " may (expected mode = direct; or form = aliased, zone = %s and a service %s"
                      + " with aliases = [\"%s\"]: the enterprise's zone then holds %s CNAME %s)")
                  .formatted(origin, zone, service, origin, origin, service)));
    }
  }

  private static void modeIsAvailable(Entry entry, List<Violation> found) {
    if (entry.mode() != Mode.ANSWER && entry.mode() != Mode.DIRECT) {
      String mode = entry.mode().name().toLowerCase(Locale.ROOT);
      found.add(
          Violation.of(
              entry.name(), "mode", mode + " is not available yet (expected answer or direct)"));
    }
  }

  private static void aliased(DomainName origin, Entry entry, List<Violation> found) {
    DomainName name = entry.name();
    if (!name.isBelow(origin)) {
      found.add(
          Violation.of(
              name,
              "",
              "in the aliased form a service stands below the zone (expected a name below "
                  + origin
                  + ")"));
    } else {
      String first = name.labels().get(name.labels().size() - origin.labels().size() - 1);
      if (EnterpriseZone.RESERVED_LABELS.contains(first)) {
        found.add(
            Violation.of(
                name,
                "",
                "\"" + first + "\" directly under " + origin + " is reserved for the network"));
      }
    }
    for (DomainName alias : entry.aliases()) {
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

  private static void delegated(DomainName origin, List<Entry> entries, List<Violation> found) {
    if (entries.size() > 1) {
      found.add(
          Violation.ofZone(
              "services",
              entries.size()
                  + " (expected exactly one in the delegated form, named "
                  + origin
                  + ")"));
    }
    for (Entry entry : entries) {
      if (!entry.name().equals(origin)) {
        found.add(
            Violation.of(
                entry.name(),
                "",
                "in the delegated form the service is the zone's apex (expected " + origin + ")"));
      }
      if (!entry.aliases().isEmpty()) {
        found.add(
            Violation.of(
                entry.name(),
                "aliases",
                "the enterprise's zone delegates the name itself in the delegated form (expected"
                    + " no aliases)"));
      }
    }
  }

  private static void unique(List<Entry> entries, List<Violation> found) {
    Set<DomainName> names = new HashSet<>();
    Set<DomainName> aliases = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        found.add(Violation.of(entry.name(), "", "the service stands twice"));
      }
      for (DomainName alias : entry.aliases()) {
        if (!aliases.add(alias)) {
          found.add(Violation.of(entry.name(), "aliases", alias + " is given twice in this zone"));
        }
      }
    }
  }

  /** A load balancer's label before the upper service could be the lower service's name. */
  private static void notNested(List<Entry> entries, List<Violation> found) {
    Set<DomainName> names = new HashSet<>();
    entries.forEach(entry -> names.add(entry.name()));
    for (Entry entry : entries) {
      DomainName up = entry.name().parent();
      while (!up.equals(DomainName.ROOT)) {
        if (names.contains(up)) {
          found.add(
              Violation.of(
                  entry.name(), "", "lies below the service " + up + " (expected beside it)"));
        }
        up = up.parent();
      }
    }
  }
}
