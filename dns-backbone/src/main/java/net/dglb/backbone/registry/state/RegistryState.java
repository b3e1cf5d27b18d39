package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.OwnKeys;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.Snapshot;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.net.DomainName;

/**
 * Everything that the commands of the log made. Immutable; the next state is a pure function of
 * this one and a command.
 *
 * @param zones every zone that somebody has or had, by origin, in canonical order
 * @param enterprises those with a token or with quotas of their own, by name
 * @param audit who did what
 * @param said what operators say of sites
 * @param told what the latest commands led to
 * @param ownKeys the signing keys of zones of the backbone's own
 */
public record RegistryState(
    NavigableMap<DomainName, ZoneRecord> zones,
    SortedMap<String, EnterpriseRecord> enterprises,
    AuditTrail audit,
    NetworkSayings said,
    ToldOutcomes told,
    SortedMap<DomainName, SealedKeys> ownKeys) {

  /** Before the first command. */
  public static final RegistryState EMPTY =
      new RegistryState(
          new TreeMap<>(),
          new TreeMap<>(),
          AuditTrail.EMPTY,
          NetworkSayings.NONE,
          ToldOutcomes.NONE,
          new TreeMap<>());

  /** Makes the maps unmodifiable; who calls must not change them later. */
  public RegistryState {
    zones = Collections.unmodifiableNavigableMap(zones);
    enterprises = Collections.unmodifiableSortedMap(enterprises);
    ownKeys = Collections.unmodifiableSortedMap(ownKeys);
  }

  /**
   * What a command leads to.
   *
   * @param state the next state
   * @param outcome for whoever gave the command
   */
  public record Step(RegistryState state, Outcome outcome) {}

  /**
   * Takes a command. Never fails: a command that may not be leaves only a trace in the audit. One
   * that comes again with the same id changes nothing and is told the same.
   */
  public Step apply(Command command) {
    Optional<Outcome> before = told.of(command.getId());
    if (before.isPresent()) {
      return new Step(this, before.get());
    }
    Step step = step(command);
    ToldOutcomes next = told.with(command.getId(), step.outcome());
    RegistryState after = step.state();
    return new Step(
        new RegistryState(
            after.zones, after.enterprises, after.audit, after.said, next, after.ownKeys),
        step.outcome());
  }

  private Step step(Command command) {
    try {
      return taken(command);
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      return audited(command, "unreadable", "", Outcomes.of(Outcome.Kind.KIND_INVALID, text));
    }
  }

  private Step taken(Command command) {
    return switch (command.getBodyCase()) {
      case PUT_ZONE -> ZoneCommands.put(this, command, command.getPutZone());
      case REMOVE_ZONE -> ZoneCommands.remove(this, command, command.getRemoveZone());
      case PUT_ENTERPRISE -> EnterpriseCommands.put(this, command, command.getPutEnterprise());
      case REMOVE_ENTERPRISE ->
          EnterpriseCommands.remove(this, command, command.getRemoveEnterprise());
      case UPDATE_ZONE -> UpdateCommands.update(this, command, command.getUpdateZone());
      case PUT_UPDATE_KEY -> UpdateCommands.putKey(this, command, command.getPutUpdateKey());
      case CHANGE_VOTERS -> {
        var asked = command.getChangeVoters();
        boolean added = !asked.getEndpoint().isEmpty();
        String subject = added ? asked.getNode() + " at " + asked.getEndpoint() : asked.getNode();
        yield audited(command, added ? "add-voter" : "remove-voter", subject, Outcomes.stored(0));
      }
      case SAY_SITES -> SayingCommands.say(this, command, command.getSaySites());
      case NOTE_REFUSED -> {
        var noted = command.getNoteRefused();
        AuditTrail trail = audit.with(command, "refused", noted.getSubject(), noted.getText());
        yield new Step(with(trail), Outcomes.stored(0));
      }
      case PUT_KEYS -> KeyCommands.put(this, command, command.getPutKeys());
      default -> {
        String text = "a command that this version does not know";
        yield audited(command, "unknown", "", Outcomes.of(Outcome.Kind.KIND_INVALID, text));
      }
    };
  }

  /** The same with one zone's record replaced. */
  RegistryState with(DomainName origin, ZoneRecord record) {
    TreeMap<DomainName, ZoneRecord> next = new TreeMap<>(zones);
    next.put(origin, record);
    return withZones(next);
  }

  /** The same with other zones. */
  RegistryState withZones(NavigableMap<DomainName, ZoneRecord> all) {
    return new RegistryState(all, enterprises, audit, said, told, ownKeys);
  }

  /** The same with other enterprises. */
  RegistryState with(SortedMap<String, EnterpriseRecord> all) {
    return new RegistryState(zones, all, audit, said, told, ownKeys);
  }

  /** The same with other sayings. */
  RegistryState with(NetworkSayings sayings) {
    return new RegistryState(zones, enterprises, audit, sayings, told, ownKeys);
  }

  /** The same with other keys of a zone of the backbone's own. */
  RegistryState withOwn(DomainName origin, SealedKeys keys) {
    TreeMap<DomainName, SealedKeys> next = new TreeMap<>(ownKeys);
    next.put(origin, keys);
    return new RegistryState(zones, enterprises, audit, said, told, next);
  }

  private RegistryState with(AuditTrail trail) {
    return new RegistryState(zones, enterprises, trail, said, told, ownKeys);
  }

  /** The same with one more record in the audit. */
  Step audited(Command command, String action, String subject, Outcome outcome) {
    return new Step(with(audit.with(command, action, subject, Outcomes.text(outcome))), outcome);
  }

  /** The record of a zone that is served. */
  public Optional<ZoneRecord> served(DomainName origin) {
    return Optional.ofNullable(zones.get(origin)).filter(RegistryState::isServed);
  }

  /** The version under which just this is served already; such a command changes nothing. */
  public OptionalLong stored(PutZone asked) {
    return ZoneCommands.stored(this, asked);
  }

  /** Whether a zone was not removed. */
  public static boolean isServed(ZoneRecord record) {
    return !record.hasRemoval();
  }

  /** The version that is served, or was before the zone was removed. */
  public static ZoneVersion last(ZoneRecord record) {
    return History.last(record);
  }

  /** The records of the zones of an enterprise that are served, by origin. */
  public List<ZoneRecord> zonesOf(String enterprise) {
    return zones.values().stream()
        .filter(RegistryState::isServed)
        .filter(zone -> zone.getEnterprise().equals(enterprise))
        .toList();
  }

  /** How much an enterprise may register. */
  public Quota quota(String enterprise) {
    EnterpriseRecord known = enterprises.get(enterprise);
    return known == null ? Quota.DEFAULT : Quota.of(known);
  }

  /** The state as a snapshot of the log. */
  public ByteString toWire() {
    return Snapshot.newBuilder()
        .addAllZones(zones.values())
        .addAllEnterprises(enterprises.values())
        .addAllAudit(audit.records())
        .setAuditTotal(audit.count())
        .setAuditLastHash(audit.hash())
        .setSitesSaid(SayingCommands.toWire(said))
        .addAllTold(told.latest())
        .addAllOwnKeys(
            ownKeys.entrySet().stream()
                .map(own ->
                    OwnKeys.newBuilder()
                        .setOrigin(own.getKey().toString())
                        .setKeys(own.getValue())
                        .build())
                .toList())
        .build()
        .toByteString();
  }

  /**
   * Reads a snapshot.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RegistryState fromWire(ByteString bytes) {
    try {
      if (bytes.isEmpty()) {
        return EMPTY;
      }
      Snapshot read = Snapshot.parseFrom(bytes);
      TreeMap<DomainName, ZoneRecord> zones = new TreeMap<>();
      read.getZonesList().forEach(zone -> zones.put(DomainName.of(zone.getOrigin()), zone));
      TreeMap<String, EnterpriseRecord> enterprises = new TreeMap<>();
      read.getEnterprisesList().forEach(each -> enterprises.put(each.getName(), each));
      AuditTrail audit =
          new AuditTrail(read.getAuditList(), read.getAuditTotal(), read.getAuditLastHash());
      NetworkSayings said = SayingCommands.fromWire(read.getSitesSaid());
      ToldOutcomes told = new ToldOutcomes(read.getToldList());
      TreeMap<DomainName, SealedKeys> own = new TreeMap<>();
      read.getOwnKeysList().forEach(it -> own.put(DomainName.of(it.getOrigin()), it.getKeys()));
      return new RegistryState(zones, enterprises, audit, said, told, own);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("snapshot of the registry: " + e.getMessage(), e);
    }
  }
}
