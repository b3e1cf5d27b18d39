package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.LeavingService;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ServedZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.wire.SitesSaid;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ZoneTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zones and what operators say of sites as this node serves them, kept in its journal: a node
 * that starts without a majority serves them at once. The log takes over as soon as it has been
 * read as far as the journal.
 */
final class ServedZones {

  private static final Logger LOG = LoggerFactory.getLogger(ServedZones.class);

  /** No domain name holds this character. */
  private static final String INDEX_KEY = "#index";

  private static final String SAID_KEY = "#said";

  /** Before the origin of a zone of the backbone's own. */
  private static final String OWN_KEYS = "#keys ";

  /**
   * A zone as it was last good.
   *
   * @param zone as registered
   * @param removed whether it is answered for a while only
   * @param answered the zone with the services that are leaving it
   * @param leaving all that is not registered any more
   * @param texts what dynamic updates left
   */
  private record Usable(
      EnterpriseZone zone,
      boolean removed,
      EnterpriseZone answered,
      List<ZoneRegistry.Leaving> leaving,
      ZoneTexts texts) {}

  private final Map<String, byte[]> journal;
  private final NavigableMap<DomainName, Usable> zones = new TreeMap<>();
  private final Map<DomainName, ServedZone> written = new TreeMap<>();
  private final Map<DomainName, SealedKeys> ownKeys = new TreeMap<>();
  private NetworkSayings said = NetworkSayings.NONE;
  private long index;

  ServedZones(Map<String, byte[]> journal) {
    this.journal = journal;
    journal.forEach(this::read);
  }

  /** The zones that are registered, by origin. */
  List<EnterpriseZone> registered() {
    return zones.values().stream().filter(it -> !it.removed()).map(Usable::zone).toList();
  }

  /** A zone that is registered. */
  Optional<EnterpriseZone> registered(DomainName origin) {
    return Optional.ofNullable(zones.get(origin)).filter(it -> !it.removed()).map(Usable::zone);
  }

  /** What is answered: also what is leaving. */
  List<EnterpriseZone> answered() {
    return zones.values().stream().map(Usable::answered).toList();
  }

  /** The same of one zone. */
  Optional<EnterpriseZone> answered(DomainName origin) {
    return Optional.ofNullable(zones.get(origin)).map(Usable::answered);
  }

  /** The TXT records that dynamic updates left in a zone. */
  ZoneTexts texts(DomainName origin) {
    Usable zone = zones.get(origin);
    return zone == null ? ZoneTexts.NONE : zone.texts();
  }

  /** What operators say of sites. */
  NetworkSayings said() {
    return said;
  }

  /** What is answered for a while and not registered any more. */
  List<ZoneRegistry.Leaving> leaving() {
    return zones.values().stream().flatMap(zone -> zone.leaving().stream()).toList();
  }

  /** A zone's signing keys; without any the number is 0. */
  SealedKeys keys(DomainName origin) {
    ServedZone zone = written.get(origin);
    return zone == null
        ? ownKeys.getOrDefault(origin, SealedKeys.getDefaultInstance())
        : zone.getKeys();
  }

  /**
   * Takes a state of the log; returns whether anything is served differently now. Only a removal
   * that the state knows of removes, and that after a while: what it does not know at all is served
   * on.
   */
  boolean take(RegistryTables.Applied applied, Instant now) {
    if (applied.index() < index) {
      return false;
    }
    boolean changed = false;
    for (Map.Entry<DomainName, ZoneRecord> each : applied.state().zones().entrySet()) {
      changed |= use(each.getKey(), served(each.getValue()), now);
    }
    changed |= take(applied.state().said());
    for (Map.Entry<DomainName, SealedKeys> own : applied.state().ownKeys().entrySet()) {
      changed |= take(own.getKey(), own.getValue());
    }
    if (changed || applied.index() > index) {
      index = applied.index();
      journal.put(INDEX_KEY, Long.toString(index).getBytes(StandardCharsets.US_ASCII));
    }
    return changed;
  }

  private boolean take(DomainName origin, SealedKeys keys) {
    boolean other = !keys.equals(ownKeys.put(origin, keys));
    if (other) {
      journal.put(OWN_KEYS + origin, keys.toByteArray());
    }
    return other;
  }

  private boolean take(NetworkSayings next) {
    boolean newer = next.version() > said.version();
    if (newer) {
      said = next;
      journal.put(SAID_KEY, WireSayings.whole(next).toByteArray());
    }
    return newer;
  }

  /** Ends what has been answered for long enough; returns whether that was anything. */
  boolean expire(Instant now) {
    boolean changed = false;
    for (Map.Entry<DomainName, ServedZone> each : List.copyOf(written.entrySet())) {
      changed |= use(each.getKey(), each.getValue(), now);
    }
    return changed;
  }

  private static ServedZone served(ZoneRecord record) {
    ZoneVersion last = RegistryState.last(record);
    long removed =
        RegistryState.isServed(record)
            ? 0
            : Math.max(1, record.getRemoval().getAnsweredUntilEpochMillis());
    return ServedZone.newBuilder()
        .setVersion(last.getVersion())
        .setContent(last.getContent())
        .addAllLeaving(record.getLeavingList())
        .setKeys(record.getKeys())
        .addAllTexts(record.getTextsList())
        .setTextsNumber(record.getTextsNumber())
        .setAnsweredUntilEpochMillis(removed)
        .build();
  }

  private boolean use(DomainName origin, ServedZone asOf, Instant now) {
    long until = asOf.getAnsweredUntilEpochMillis();
    if (until != 0 && until <= now.toEpochMilli()) {
      zones.remove(origin);
      journal.remove(origin.toString());
      return written.remove(origin) != null;
    }
    ServedZone next = withoutEnded(asOf, now);
    if (next.equals(written.get(origin))) {
      return false;
    }
    written.put(origin, next);
    journal.put(origin.toString(), next.toByteArray());
    return use(origin, next);
  }

  private static ServedZone withoutEnded(ServedZone zone, Instant now) {
    if (zone.getLeavingList().stream().allMatch(it -> isLeaving(it, now))) {
      return zone;
    }
    return zone.toBuilder()
        .clearLeaving()
        .addAllLeaving(zone.getLeavingList().stream().filter(it -> isLeaving(it, now)).toList())
        .build();
  }

  private static boolean isLeaving(LeavingService service, Instant now) {
    return service.getUntilEpochMillis() > now.toEpochMilli();
  }

  private void read(String key, byte[] value) {
    if (key.equals(INDEX_KEY)) {
      index = Long.parseLong(new String(value, StandardCharsets.US_ASCII));
      return;
    }
    try {
      if (key.equals(SAID_KEY)) {
        said = WireSayings.fromWire(SitesSaid.parseFrom(value));
        return;
      }
      if (key.startsWith(OWN_KEYS)) {
        ownKeys.put(DomainName.of(key.substring(OWN_KEYS.length())), SealedKeys.parseFrom(value));
        return;
      }
      DomainName origin = DomainName.of(key);
      ServedZone zone = ServedZone.parseFrom(value);
      written.put(origin, zone);
      use(origin, zone);
    } catch (InvalidProtocolBufferException
        | MalformedMessageException
        | IllegalArgumentException e) {
      LOG.error("entry {} of the journal cannot be used: {}", key, e.getMessage());
    }
  }

  private boolean use(DomainName origin, ServedZone zone) {
    try {
      zones.put(origin, usable(zone));
      return true;
    } catch (MalformedMessageException | IllegalArgumentException e) {
      LOG.error("zone {} cannot be used, the last good one goes on: {}", origin, e.getMessage());
      return false;
    }
  }

  private static Usable usable(ServedZone zone) throws MalformedMessageException {
    EnterpriseZone registered = model(zone.getContent()).withVersion(zone.getVersion());
    long until = zone.getAnsweredUntilEpochMillis();
    List<ZoneRegistry.Leaving> leaving = new ArrayList<>();
    if (until != 0) {
      leaving.add(leaving(registered.origin(), registered, until));
    }
    EnterpriseZone answered = registered;
    try {
      answered = withLeaving(zone, registered, leaving);
    } catch (InvalidProtocolBufferException
        | MalformedMessageException
        | IllegalArgumentException e) {
      LOG.warn("what leaves zone {} ends at once: {}", registered.origin(), e.getMessage());
    }
    ZoneTexts texts = new ZoneTexts(zone.getTextsNumber(), WireTexts.fromWire(zone.getTextsList()));
    return new Usable(registered, until != 0, answered, leaving, texts);
  }

  private static EnterpriseZone withLeaving(
      ServedZone zone, EnterpriseZone registered, List<ZoneRegistry.Leaving> all)
      throws InvalidProtocolBufferException, MalformedMessageException {
    if (zone.getLeavingCount() == 0) {
      return registered;
    }
    var whole = net.dglb.mapping.wire.EnterpriseZone.parseFrom(zone.getContent()).toBuilder();
    List<ZoneRegistry.Leaving> leaving = new ArrayList<>();
    for (LeavingService each : zone.getLeavingList()) {
      var service = net.dglb.mapping.wire.Service.parseFrom(each.getService());
      whole.addServices(service);
      DomainName name = DomainName.of(service.getName());
      leaving.add(leaving(name, registered, each.getUntilEpochMillis()));
    }
    EnterpriseZone answered = WireServices.fromWire(whole.setVersion(zone.getVersion()).build());
    all.addAll(leaving);
    return answered;
  }

  private static ZoneRegistry.Leaving leaving(DomainName name, EnterpriseZone zone, long until) {
    return new ZoneRegistry.Leaving(name, zone, Instant.ofEpochMilli(until));
  }

  /** A zone from its wire form. */
  static EnterpriseZone model(ByteString content) throws MalformedMessageException {
    try {
      return WireServices.fromWire(net.dglb.mapping.wire.EnterpriseZone.parseFrom(content));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedMessageException(String.valueOf(e.getMessage()));
    }
  }
}
