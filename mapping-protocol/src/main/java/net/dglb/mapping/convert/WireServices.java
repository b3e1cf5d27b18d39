package net.dglb.mapping.convert;

import java.util.Optional;
import net.dglb.mapping.wire.Site;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Mode;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;

/** Enterprise zones and their services. */
public final class WireServices {

  private WireServices() {}

  /** A zone as a message. */
  public static net.dglb.mapping.wire.EnterpriseZone toWire(EnterpriseZone zone) {
    return withoutServices(zone)
        .addAllServices(zone.services().stream().map(WireServices::toWire).toList())
        .build();
  }

  static net.dglb.mapping.wire.EnterpriseZone.Builder withoutServices(EnterpriseZone zone) {
    return net.dglb.mapping.wire.EnterpriseZone.newBuilder()
        .setEnterprise(zone.enterprise())
        .setOrigin(zone.origin().toString())
        .setForm(
            switch (zone.form()) {
              case ALIASED -> net.dglb.mapping.wire.DelegationForm.DELEGATION_FORM_ALIASED;
              case DELEGATED -> net.dglb.mapping.wire.DelegationForm.DELEGATION_FORM_DELEGATED;
              case SHARED -> net.dglb.mapping.wire.DelegationForm.DELEGATION_FORM_SHARED;
            })
        .setDnssec(zone.dnssec())
        .setVersion(zone.version());
  }

  static net.dglb.mapping.wire.Service toWire(Service service) {
    return net.dglb.mapping.wire.Service.newBuilder()
        .setName(service.name().toString())
        .addAllAliases(service.aliases().stream().map(DomainName::toString).toList())
        .setMode(
            switch (service.mode()) {
              case ANSWER -> net.dglb.mapping.wire.Mode.MODE_ANSWER;
              case CACHE -> net.dglb.mapping.wire.Mode.MODE_CACHE;
              case DIRECT -> net.dglb.mapping.wire.Mode.MODE_DIRECT;
              case REDIRECT -> net.dglb.mapping.wire.Mode.MODE_REDIRECT;
              case RELAY -> net.dglb.mapping.wire.Mode.MODE_RELAY;
            })
        .addAllSites(service.sites().stream().map(WireServices::toWire).toList())
        .setCheck(WireChecks.toWire(service.check()))
        .setPolicy(WirePolicies.toWire(service.policy()))
        .setTtls(WireChecks.toWire(service.ttls()))
        .setProbeCapPerSecond(service.probeCapPerSecond())
        .setAllDown(toWire(service.allDown()))
        .setAnswering(WireAnswering.toWire(service.answering()))
        .setUnannounced(
            switch (service.unannounced()) {
              case ANSWER -> net.dglb.mapping.wire.Unannounced.UNANNOUNCED_ANSWER;
              case REFER -> net.dglb.mapping.wire.Unannounced.UNANNOUNCED_REFER;
            })
        .build();
  }

  private static Site toWire(net.dglb.service.Site site) {
    Site.Builder message =
        Site.newBuilder()
            .setId(site.id())
            .addAllAddresses(WireAddresses.toWire(site.addresses()))
            .setCost(site.cost())
            .putAllCostAt(site.costAt())
            .setCapacity(site.capacity())
            .setWeight(site.weight());
    site.location().map(WireAddresses::toWire).ifPresent(message::setLocation);
    return message.build();
  }

  /**
   * Reads a whole zone.
   *
   * @throws MalformedMessageException naming the first field that cannot be, or that this version
   *     does not know: a service with a policy, mode or check that is not understood must not be
   *     answered by guess
   */
  public static EnterpriseZone fromWire(net.dglb.mapping.wire.EnterpriseZone zone)
      throws MalformedMessageException {
    return Reading.part("zone \"" + zone.getOrigin() + "\"", zone, WireServices::read);
  }

  private static EnterpriseZone read(net.dglb.mapping.wire.EnterpriseZone zone)
      throws MalformedMessageException {
    return new EnterpriseZone(
        zone.getEnterprise(),
        Reading.one("origin", zone.getOrigin(), DomainName::of),
        form(zone.getForm()),
        zone.getDnssec(),
        Reading.unsigned("version", zone.getVersion()),
        Reading.parts(
            "services", zone.getServicesList(), EnterpriseZone.MAX_SERVICES, WireServices::read));
  }

  private static Service read(net.dglb.mapping.wire.Service service)
      throws MalformedMessageException {
    return new Service(
        Reading.one("name", service.getName(), DomainName::of),
        Reading.all("aliases", service.getAliasesList(), Service.MAX_ALIASES, DomainName::of),
        mode(service.getMode()),
        Reading.parts("sites", service.getSitesList(), Service.MAX_SITES, WireServices::read),
        Reading.part("check", service.getCheck(), WireChecks::read),
        Reading.part("policy", service.getPolicy(), WirePolicies::read),
        Reading.part("ttls", service.getTtls(), WireChecks::read),
        service.getProbeCapPerSecond(),
        service.hasAllDown()
            ? Reading.part("all_down", service.getAllDown(), WireServices::read)
            : AllDown.DEFAULT,
        service.hasAnswering()
            ? Reading.one("answering", service.getAnswering(), WireAnswering::read)
            : Answering.DEFAULT,
        unannounced(service.getUnannounced()));
  }

  private static net.dglb.service.Site read(Site site) throws MalformedMessageException {
    Optional<Location> location =
        site.hasLocation()
            ? Optional.of(WireAddresses.fromWire(site.getLocation()))
            : Optional.empty();
    return new net.dglb.service.Site(
        site.getId(),
        Reading.all(
            "addresses",
            site.getAddressesList(),
            net.dglb.service.Site.MAX_ADDRESSES,
            WireAddresses::fromWire),
        location,
        site.getCost(),
        site.getCostAtMap(),
        site.getCapacity(),
        site.getWeight());
  }

  private static net.dglb.mapping.wire.AllDown toWire(AllDown allDown) {
    return net.dglb.mapping.wire.AllDown.newBuilder()
        .setAnswer(
            switch (allDown.answer()) {
              case LAST_GOOD -> net.dglb.mapping.wire.AllDown.Rule.RULE_LAST_GOOD;
              case ALL -> net.dglb.mapping.wire.AllDown.Rule.RULE_ALL;
              case FALLBACK -> net.dglb.mapping.wire.AllDown.Rule.RULE_FALLBACK;
              case NONE -> net.dglb.mapping.wire.AllDown.Rule.RULE_NONE;
            })
        .addAllAddresses(WireAddresses.toWire(allDown.addresses()))
        .build();
  }

  private static AllDown read(net.dglb.mapping.wire.AllDown allDown)
      throws MalformedMessageException {
    return new AllDown(
        switch (allDown.getAnswer()) {
          case RULE_LAST_GOOD -> AllDown.Rule.LAST_GOOD;
          case RULE_ALL -> AllDown.Rule.ALL;
          case RULE_FALLBACK -> AllDown.Rule.FALLBACK;
          case RULE_NONE -> AllDown.Rule.NONE;
          case RULE_UNSPECIFIED, UNRECOGNIZED ->
              throw new InvalidContentException(
                  "answer: " + allDown.getAnswer() + " (expected a known one)");
        },
        Reading.all(
            "addresses",
            allDown.getAddressesList(),
            AllDown.MAX_ADDRESSES,
            WireAddresses::fromWire));
  }

  private static DelegationForm form(net.dglb.mapping.wire.DelegationForm form)
      throws MalformedMessageException {
    return switch (form) {
      case DELEGATION_FORM_ALIASED -> DelegationForm.ALIASED;
      case DELEGATION_FORM_DELEGATED -> DelegationForm.DELEGATED;
      case DELEGATION_FORM_SHARED -> DelegationForm.SHARED;
      case DELEGATION_FORM_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidContentException("form: " + form + " (expected a known one)");
    };
  }

  private static Unannounced unannounced(net.dglb.mapping.wire.Unannounced unannounced)
      throws MalformedMessageException {
    return switch (unannounced) {
      case UNANNOUNCED_UNSPECIFIED, UNANNOUNCED_ANSWER -> Unannounced.ANSWER;
      case UNANNOUNCED_REFER -> Unannounced.REFER;
      case UNRECOGNIZED ->
          throw new InvalidContentException(
              "unannounced: " + unannounced + " (expected a known one)");
    };
  }

  private static Mode mode(net.dglb.mapping.wire.Mode mode) throws MalformedMessageException {
    return switch (mode) {
      case MODE_ANSWER -> Mode.ANSWER;
      case MODE_CACHE -> Mode.CACHE;
      case MODE_DIRECT -> Mode.DIRECT;
      case MODE_REDIRECT -> Mode.REDIRECT;
      case MODE_RELAY -> Mode.RELAY;
      case MODE_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidContentException("mode: " + mode + " (expected a known one)");
    };
  }
}
