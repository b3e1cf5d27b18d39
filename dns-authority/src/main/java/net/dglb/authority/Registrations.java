package net.dglb.authority;

import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.config.ConfigException;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.wire.Delegation;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration documents and what the backbone answered to them, both kept on disk so that a
 * node that starts alone publishes what it last knew. Belongs to the control thread.
 */
final class Registrations {

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

  private final Map<String, byte[]> keptZones;
  private final Map<String, byte[]> keptDelegations;
  private final Map<Path, EnterpriseZone> documents = new LinkedHashMap<>();
  private final Map<Path, List<String>> problems = new LinkedHashMap<>();
  private final Map<DomainName, ZoneDelegation> delegations = new TreeMap<>();

  /** Keeps them in durable maps; committing is the caller's. */
  Registrations(Map<String, byte[]> keptZones, Map<String, byte[]> keptDelegations) {
    this.keptZones = keptZones;
    this.keptDelegations = keptDelegations;
    keptDelegations.values().forEach(this::recallDelegation);
  }

  /** Reads these documents and forgets others. */
  void use(List<Path> files) {
    documents.keySet().retainAll(files);
    problems.keySet().retainAll(files);
    files.forEach(this::read);
  }

  /**
   * Reads one document; a broken one leaves the last good one in use.
   *
   * @return whether there is something new to register
   */
  boolean read(Path file) {
    try {
      EnterpriseZone zone = RegistrationDocument.load(file);
      problems.remove(file);
      keptZones.put(file.toString(), WireServices.toWire(zone).toByteArray());
      return !zone.equals(documents.put(file, zone));
    } catch (ConfigException e) {
      problems.put(file, e.problems().stream().map(Object::toString).toList());
      if (!documents.containsKey(file)) {
        recallZone(file);
      }
      String effect = documents.containsKey(file) ? "the last good one stays in use" : "ignored";
      e.problems().forEach(problem -> LOG.error("{} ({})", problem, effect));
      return false;
    }
  }

  /** The zones to register, in the order of the configuration. */
  Collection<EnterpriseZone> zones() {
    return documents.values();
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

  /** Whether the backbone has said how to delegate this zone, now or before a restart. */
  boolean isDelegated(DomainName origin) {
    return delegations.containsKey(origin);
  }

  /** What the registered zones add to the enterprise's own. */
  List<ZoneAddition> additions() {
    List<ZoneAddition> additions = new ArrayList<>();
    for (EnterpriseZone zone : zones()) {
      ZoneDelegation delegation = delegations.get(zone.origin());
      if (delegation != null) {
        additions.add(addition(zone, delegation));
      }
    }
    return additions;
  }

  private static ZoneAddition addition(EnterpriseZone zone, ZoneDelegation delegation) {
    Map<DomainName, List<InetAddress>> servers = new TreeMap<>();
    delegation.nameServers().forEach(server -> servers.put(server.name(), server.addresses()));
    Map<DomainName, DomainName> aliases = new TreeMap<>();
    zone.services()
        .forEach(service -> service.aliases().forEach(alias -> aliases.put(alias, service.name())));
    return new ZoneAddition(zone.origin(), servers, aliases, (int) delegation.ttl().toSeconds());
  }

  /** Backbone nodes may list the same name servers in another order. */
  private static ZoneDelegation sorted(ZoneDelegation delegation) {
    return new ZoneDelegation(
        delegation.origin(),
        delegation.nameServers().stream()
            .sorted(Comparator.comparing(ZoneDelegation.NameServer::name))
            .toList(),
        delegation.ttl());
  }

  private void recallDelegation(byte[] kept) {
    try {
      ZoneDelegation delegation = WireDuties.fromWire(Delegation.parseFrom(kept));
      delegations.put(delegation.origin(), delegation);
    } catch (InvalidProtocolBufferException | MalformedMessageException e) {
      LOG.warn("a kept delegation cannot be read and is left out: {}", e.getMessage());
    }
  }

  private void recallZone(Path file) {
    byte[] kept = keptZones.get(file.toString());
    if (kept == null) {
      return;
    }
    try {
      documents.put(
          file, WireServices.fromWire(net.dglb.mapping.wire.EnterpriseZone.parseFrom(kept)));
    } catch (InvalidProtocolBufferException | MalformedMessageException e) {
      LOG.warn("{}: the kept copy cannot be read: {}", file, e.getMessage());
    }
  }
}
