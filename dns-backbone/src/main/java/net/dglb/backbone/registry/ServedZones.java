package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.ServedZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireServices;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zones as this node serves them, kept in its journal: a node that starts without a majority
 * serves them at once. The log takes over as soon as it has been read as far as the journal.
 */
final class ServedZones {

  private static final Logger LOG = LoggerFactory.getLogger(ServedZones.class);

  /** No domain name holds this character. */
  private static final String INDEX_KEY = "#index";

  private final Map<String, byte[]> journal;
  private final NavigableMap<DomainName, EnterpriseZone> zones = new TreeMap<>();
  private final Map<DomainName, ServedZone> written = new TreeMap<>();
  private long index;

  ServedZones(Map<String, byte[]> journal) {
    this.journal = journal;
    journal.forEach(this::read);
  }

  NavigableMap<DomainName, EnterpriseZone> zones() {
    return zones;
  }

  /**
   * Takes a state of the log; returns whether anything is served differently now. Only a removal
   * that the state knows of removes: what it does not know at all is served on.
   */
  boolean take(RegistryTables.Applied applied) {
    if (applied.index() < index) {
      return false;
    }
    boolean changed = false;
    for (Map.Entry<DomainName, ZoneRecord> each : applied.state().zones().entrySet()) {
      changed |=
          RegistryState.isServed(each.getValue())
              ? put(each.getKey(), RegistryState.last(each.getValue()))
              : remove(each.getKey());
    }
    if (changed || applied.index() > index) {
      index = applied.index();
      journal.put(INDEX_KEY, Long.toString(index).getBytes(StandardCharsets.US_ASCII));
    }
    return changed;
  }

  private boolean remove(DomainName origin) {
    zones.remove(origin);
    journal.remove(origin.toString());
    return written.remove(origin) != null;
  }

  private boolean put(DomainName origin, ZoneVersion version) {
    ServedZone present = written.get(origin);
    if (present != null
        && present.getVersion() == version.getVersion()
        && present.getContent().equals(version.getContent())) {
      return false;
    }
    ServedZone next =
        ServedZone.newBuilder()
            .setVersion(version.getVersion())
            .setContent(version.getContent())
            .build();
    written.put(origin, next);
    journal.put(origin.toString(), next.toByteArray());
    return use(origin, next);
  }

  private void read(String key, byte[] value) {
    if (key.equals(INDEX_KEY)) {
      index = Long.parseLong(new String(value, StandardCharsets.US_ASCII));
      return;
    }
    try {
      DomainName origin = DomainName.of(key);
      ServedZone zone = ServedZone.parseFrom(value);
      written.put(origin, zone);
      use(origin, zone);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      LOG.error("zone {} of the journal cannot be used: {}", key, e.getMessage());
    }
  }

  private boolean use(DomainName origin, ServedZone zone) {
    try {
      zones.put(origin, model(zone.getContent()).withVersion(zone.getVersion()));
      return true;
    } catch (MalformedMessageException | IllegalArgumentException e) {
      LOG.error("zone {} cannot be used, the last good one goes on: {}", origin, e.getMessage());
      return false;
    }
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
