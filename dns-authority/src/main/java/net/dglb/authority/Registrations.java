package net.dglb.authority;

import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.dglb.config.ConfigException;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.wire.Delegation;
import net.dglb.net.DomainName;
import net.dglb.node.Readiness;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration documents and what the backbone answered to them, both kept on disk so that a
 * node that starts alone publishes what it last knew. The zone of a document that is no longer
 * listed leaves: it stays published until the backbone has acknowledged its removal. A document
 * that is broken or cannot be read never makes a zone leave. Belongs to the control thread.
 */
final class Registrations {

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

  private final Map<String, byte[]> keptZones;
  private final Map<String, byte[]> keptDelegations;
  private final Map<Path, EnterpriseZone> documents = new LinkedHashMap<>();
  private final Map<Path, List<String>> problems = new LinkedHashMap<>();
  private final Map<DomainName, ZoneDelegation> delegations = new TreeMap<>();
  private List<Path> listed = List.of();

  /** Keeps them in durable maps; committing is the caller's. */
  Registrations(Map<String, byte[]> keptZones, Map<String, byte[]> keptDelegations) {
    this.keptZones = keptZones;
    this.keptDelegations = keptDelegations;
    keptDelegations.values().forEach(this::recallDelegation);
  }

  /** Reads these documents; the zones of others leave. */
  void use(List<Path> files) {
    listed = List.copyOf(files);
    documents.keySet().retainAll(files);
    problems.keySet().retainAll(files);
    files.forEach(this::read);
    documents.values().forEach(zone -> unlistedDocuments(zone.origin()).forEach(keptZones::remove));
  }

  /**
   * Reads one document; a broken one leaves the last good one in use.
   *
   * @return whether there is something new to register
   */
  boolean read(Path file) {
    try {
      EnterpriseZone zone = RegistrationDocument.load(file);
      EnterpriseZone former = documents.containsKey(file) ? documents.get(file) : kept(file);
      if (former != null && !former.origin().equals(zone.origin())) {
        reject(file, List.of(otherZone(file, former.origin(), zone.origin())));
        return false;
      }
      problems.remove(file);
      keptZones.put(file.toString(), WireServices.toWire(zone).toByteArray());
      return !zone.equals(documents.put(file, zone));
    } catch (ConfigException e) {
      reject(file, e.problems().stream().map(Object::toString).toList());
      return false;
    }
  }

  /** A slip of the pen must not remove one zone and register another. */
  private static String otherZone(Path file, DomainName former, DomainName now) {
    return "%s: registration.zone: value: %s (expected: %s, which this document registers; to replace it, list another document instead)"
        .formatted(file, now, former);
  }

  private void reject(Path file, List<String> found) {
    problems.put(file, found);
    EnterpriseZone last = documents.containsKey(file) ? documents.get(file) : kept(file);
    if (last != null) {
      documents.put(file, last);
    }
    String effect = last == null ? "ignored" : "the last good one stays in use";
    found.forEach(problem -> LOG.error("{} ({})", problem, effect));
  }

  /** The zones to register, in the order of the configuration. */
  Collection<EnterpriseZone> zones() {
    return documents.values();
  }

  /**
   * The zones whose removal the backbone is to acknowledge, by origin. None while a listed document
   * is broken and was never good, since such a zone may be meant to stand in it.
   */
  Set<DomainName> leaving() {
    return complete() ? notListed().keySet() : Set.of();
  }

  /** The backbone has acknowledged a removal; returns whether the zone was leaving. */
  boolean removed(DomainName origin) {
    boolean left = leaving().contains(origin);
    if (left) {
      unlistedDocuments(origin).forEach(keptZones::remove);
      keptDelegations.remove(origin.toString());
      delegations.remove(origin);
    }
    return left;
  }

  /** Kept zones that no listed document holds. */
  private Map<DomainName, EnterpriseZone> notListed() {
    Map<DomainName, EnterpriseZone> zones = new TreeMap<>();
    for (String file : keptZones.keySet()) {
      EnterpriseZone zone = listed.contains(Path.of(file)) ? null : kept(Path.of(file));
      if (zone != null) {
        zones.put(zone.origin(), zone);
      }
    }
    documents.values().forEach(zone -> zones.remove(zone.origin()));
    return zones;
  }

  private List<String> unlistedDocuments(DomainName origin) {
    return keptZones.keySet().stream()
        .filter(file -> !listed.contains(Path.of(file)))
        .filter(file -> {
          EnterpriseZone zone = kept(Path.of(file));
          return zone != null && zone.origin().equals(origin);
        })
        .toList();
  }

  /** Per document what is wrong with it. */
  Map<Path, List<String>> problems() {
    return problems;
  }

  /** Takes what the backbone says of a zone; returns whether it changed anything. */
  boolean delegated(ZoneDelegation delegation) {
    ZoneDelegation stable = sorted(delegation);
    if (stable.equals(delegations.put(stable.origin(), stable))) {
      return false;
    }
    keptDelegations.put(stable.origin().toString(), WireDuties.toWire(stable).toByteArray());
    return true;
  }

  /** The zones that the backbone has not said how to delegate, neither now nor before a restart. */
  List<DomainName> awaited() {
    return zones().stream()
        .map(EnterpriseZone::origin)
        .filter(origin -> !delegations.containsKey(origin))
        .toList();
  }

  /** Whether every listed document is in use, if only as it last was. */
  boolean complete() {
    return unusable().isEmpty();
  }

  /** The listed documents that are not in use, since they never could be used. */
  List<Path> unusable() {
    return listed.stream().filter(document -> !documents.containsKey(document)).toList();
  }

  /** Says whether every registered zone is delegated. */
  void tell(Readiness readiness) {
    readiness.require(
        "registrations",
        unusable(),
        "registration documents that cannot be used and never could",
        "correct them: `status` says what is wrong under registration-problems");
    readiness.require(
        "delegations",
        awaited(),
        "no backbone node has told the delegation of",
        "see in `status` whether there is a session (backbone) and what was refused (refused)");
  }

  /** What the registered zones, and those that are leaving, add to the enterprise's own. */
  List<ZoneAddition> additions() {
    List<ZoneAddition> additions = new ArrayList<>();
    List<EnterpriseZone> published = new ArrayList<>(zones());
    published.addAll(notListed().values());
    for (EnterpriseZone zone : published) {
      additions.add(addition(zone, Optional.ofNullable(delegations.get(zone.origin()))));
    }
    return additions;
  }

  private static ZoneAddition addition(EnterpriseZone zone, Optional<ZoneDelegation> delegation) {
    Map<DomainName, List<InetAddress>> servers = new TreeMap<>();
    delegation.stream()
        .flatMap(known -> known.nameServers().stream())
        .forEach(server -> servers.put(server.name(), server.addresses()));
    Map<DomainName, DomainName> aliases = new TreeMap<>();
    zone.services()
        .forEach(service -> service.aliases().forEach(alias -> aliases.put(alias, service.name())));
    Duration ttl = delegation.map(ZoneDelegation::ttl).orElse(Duration.ZERO);
    return new ZoneAddition(
        zone.origin(),
        servers,
        delegation.map(ZoneDelegation::signers).orElse(List.of()),
        aliases,
        (int) ttl.toSeconds());
  }

  /** Backbone nodes may list the same name servers in another order. */
  private static ZoneDelegation sorted(ZoneDelegation delegation) {
    return new ZoneDelegation(
        delegation.origin(),
        delegation.nameServers().stream()
            .sorted(Comparator.comparing(ZoneDelegation.NameServer::name))
            .toList(),
        delegation.ttl(),
        delegation.signers().stream().sorted(Comparator.comparing(DelegationSigner::hex)).toList());
  }

  private void recallDelegation(byte[] kept) {
    try {
      ZoneDelegation delegation = WireDuties.fromWire(Delegation.parseFrom(kept));
      delegations.put(delegation.origin(), delegation);
    } catch (InvalidProtocolBufferException | MalformedMessageException e) {
      LOG.warn("a kept delegation cannot be read and is left out: {}", e.getMessage());
    }
  }

  /** What a document said when it was last good; null if it never was. */
  private @Nullable EnterpriseZone kept(Path file) {
    byte[] octets = keptZones.get(file.toString());
    if (octets == null) {
      return null;
    }
    try {
      return WireServices.fromWire(net.dglb.mapping.wire.EnterpriseZone.parseFrom(octets));
    } catch (InvalidProtocolBufferException | MalformedMessageException e) {
      LOG.warn("{}: the kept copy cannot be read: {}", file, e.getMessage());
      return null;
    }
  }
}
