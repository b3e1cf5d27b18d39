package net.dglb.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.net.DomainName;

/** Reads one service of a document and reports what is wrong to its section. */
final class ServiceReader {

  private final DomainName name;
  private final ConfigSection section;
  private final List<DomainName> aliases;
  private final Mode mode;
  private final List<Site> sites = new ArrayList<>();
  private final CheckReader check;
  private final Policy policy;
  private final TtlReader ttls;
  private final double probeCapPerSecond;
  private final AllDown allDown;
  private final Answering answering;
  private final Unannounced unannounced;

  ServiceReader(DomainName name, ConfigSection section) {
    this.name = name;
    this.section = section;
    aliases = section.domainNames("aliases");
    mode = section.optionalOneOf("mode", Mode.class).orElse(Mode.ANSWER);
    section
        .children("sites")
        .forEach((id, site) -> new SiteReader(id, site).build().ifPresent(sites::add));
    DomainName usualHost = aliases.isEmpty() ? name : aliases.getFirst();
    check = new CheckReader(section.section("check"), usualHost);
    policy = PolicyReader.read(section.section("policy"));
    ttls = new TtlReader(section.section("ttl"));
    answering = AnsweringReader.read(section.section("answers"));
    allDown = AllDownReader.read(section.section("all-down"));
    probeCapPerSecond =
        section.optionalNumber("probe-cap-per-second", 0, Service.MAX_PROBE_CAP).orElse(0.0);
    unannounced = unannounced();
    checkService();
  }

  private Unannounced unannounced() {
    Optional<Unannounced> said = section.optionalOneOf("unannounced", Unannounced.class);
    if (said.isPresent() && mode != Mode.ANSWER) {
      section.problem("unannounced", "only a service of mode answer has it (expected none)");
    }
    return said.orElse(Unannounced.ANSWER);
  }

  private void checkService() {
    boolean sitesRead = sites.size() == section.children("sites").size();
    for (Violation violation : ZoneRules.ofService(name, aliases, sites)) {
      if (sitesRead || !violation.key().equals("sites")) {
        section.problem(violation.key(), violation.text());
      }
    }
    if (sitesRead) {
      ZoneRules.ofProbeCap(name, probeCapPerSecond, sites)
          .forEach(violation -> section.problem(violation.key(), violation.text()));
      PolicyRules.of(name, policy, sites, check.exchange())
          .forEach(violation -> section.problem(violation.key(), violation.text()));
    }
  }

  ZoneRules.Entry entry() {
    return new ZoneRules.Entry(name, aliases, mode);
  }

  /** The service; only after the whole document was found to be without problems. */
  Service build() {
    return new Service(
        name,
        aliases,
        mode,
        sites,
        check.build(),
        policy,
        ttls.build(),
        probeCapPerSecond,
        allDown,
        answering,
        unannounced);
  }
}
