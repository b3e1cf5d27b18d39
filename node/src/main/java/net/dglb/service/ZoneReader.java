package net.dglb.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.net.DomainName;

/** Reads a document's zone and reports what is wrong to its section. */
final class ZoneReader {

  /** Stands in for a service name that cannot be read, so that the rest of it is checked. */
  private static final DomainName UNNAMED = DomainName.of("unnamed.invalid");

  private final String enterprise;
  private final Optional<DomainName> origin;
  private final DelegationForm form;
  private final boolean dnssec;
  private final List<ServiceReader> services = new ArrayList<>();

  private boolean everyNameRead = true;

  ZoneReader(ConfigSection root) {
    ConfigSection section = root.section("registration");
    if (!root.has("registration")) {
      root.problem("", "no registration section (expected registration { ... })");
    }
    section.integer(
        "version", RegistrationDocument.FORM_VERSION, RegistrationDocument.FORM_VERSION);
    enterprise = section.string("enterprise");
    Attempt.at(section, "enterprise", () -> Limits.identifier("enterprise", enterprise));
    origin = origin(section);
    form = section.oneOf("form", DelegationForm.class);
    dnssec = section.has("dnssec") && section.bool("dnssec");
    Map<DomainName, ConfigSection> sections = readServices(section);
    origin.ifPresent(apex -> checkZone(apex, section, sections));
  }

  private static Optional<DomainName> origin(ConfigSection section) {
    if (section.has("zone")) {
      return section.optionalDomainName("zone");
    }
    section.domainName("zone");
    return Optional.empty();
  }

  private Map<DomainName, ConfigSection> readServices(ConfigSection section) {
    Map<DomainName, ConfigSection> sections = new HashMap<>();
    Map<String, ConfigSection> children = section.children("services");
    if (children.size() > EnterpriseZone.MAX_SERVICES) {
      // They would be read for seconds, only to be refused.
      section.problem("services", ZoneRules.wrongCount(children.size()));
      section.leave("services");
      everyNameRead = false;
      return sections;
    }
    for (Map.Entry<String, ConfigSection> child : children.entrySet()) {
      ConfigSection own = child.getValue();
      Optional<DomainName> name = Attempt.value(own, "", () -> DomainName.of(child.getKey()));
      ServiceReader service = new ServiceReader(name.orElse(UNNAMED), own);
      if (name.isPresent()) {
        sections.put(name.get(), own);
        services.add(service);
      } else {
        everyNameRead = false;
      }
    }
    return sections;
  }

  private void checkZone(
      DomainName apex, ConfigSection section, Map<DomainName, ConfigSection> sections) {
    if (form == DelegationForm.SHARED || section.has("form")) {
      for (Violation violation :
          ZoneRules.ofZone(
              apex, form, dnssec, services.stream().map(ServiceReader::entry).toList())) {
        if (everyNameRead || !violation.key().equals("services")) {
          violation
              .service()
              .map(name -> sections.getOrDefault(name, section))
              .orElse(section)
              .problem(violation.key(), violation.text());
        }
      }
    }
  }

  /** The zone; only after the whole document was found to be without problems. */
  EnterpriseZone build() {
    return new EnterpriseZone(
        enterprise,
        origin.orElseThrow(),
        form,
        dnssec,
        0,
        services.stream().map(ServiceReader::build).toList());
  }
}
