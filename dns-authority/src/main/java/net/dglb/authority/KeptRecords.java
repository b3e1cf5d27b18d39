package net.dglb.authority;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.dglb.authority.keys.KeptZones;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * The records of zones: of each master file when it was last good, so that a node that starts
 * beside a broken file still serves, and of each zone as it was last signed. Belongs to the control
 * thread.
 */
final class KeptRecords implements KeptZones {

  private static final Logger LOG = LoggerFactory.getLogger(KeptRecords.class);

  private final Map<String, byte[]> kept;

  /** Keeps them in a durable map; committing is the caller's. */
  KeptRecords(Map<String, byte[]> kept) {
    this.kept = kept;
  }

  @Override
  public void put(DomainName origin, List<Record> records) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      for (Record record : records) {
        byte[] wire = record.toWire(Section.ANSWER);
        out.writeInt(wire.length);
        out.write(wire);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kept.put(origin.toString(), octets.toByteArray());
  }

  @Override
  public void remove(DomainName origin) {
    kept.remove(origin.toString());
  }

  @Override
  public List<Record> get(DomainName origin) {
    byte[] octets = kept.getOrDefault(origin.toString(), new byte[0]);
    List<Record> records = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      while (in.available() > 0) {
        records.add(Record.fromWire(in.readNBytes(in.readInt()), Section.ANSWER));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: the kept copy of the zone cannot be read: {}", origin, e.toString());
      return List.of();
    }
    return records;
  }
}
