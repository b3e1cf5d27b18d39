package net.dglb.dns.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * All records of a zone at one serial. Immutable.
 *
 * @param soa the SOA record at the apex
 * @param others every other record once; all of a set have the same TTL
 */
public record ZoneSnapshot(SOARecord soa, List<Record> others) {

  /**
   * Signatures are no set: each has the TTL of what it covers (RFC 4034 section 3).
   *
   * @param covered the type that a signature covers; 0 for other records
   */
  private record SetKey(Name owner, int type, int covered) {}

  /** Copies the list. */
  public ZoneSnapshot {
    others = List.copyOf(others);
  }

  /**
   * Takes the records that a zone is compiled from.
   *
   * @throws IllegalArgumentException if there is no SOA record
   */
  public static ZoneSnapshot of(List<Record> records) {
    SOARecord soa = null;
    Map<SetKey, Long> ttls = new HashMap<>();
    Set<Record> distinct = new LinkedHashSet<>();
    for (Record record : records) {
      if (record instanceof SOARecord found) {
        soa = found;
      } else if (distinct.add(record)) {
        ttls.merge(key(record), record.getTTL(), Math::min);
      }
    }
    if (soa == null) {
      throw new IllegalArgumentException("records without SOA (expected: one)");
    }
    List<Record> others = new ArrayList<>(distinct.size());
    distinct.forEach(record -> others.add(withTtl(record, ttls.getOrDefault(key(record), 0L))));
    return new ZoneSnapshot(soa, others);
  }

  private static SetKey key(Record record) {
    int covered = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : 0;
    return new SetKey(record.getName(), record.getType(), covered);
  }

  private static Record withTtl(Record record, long ttl) {
    return record.getTTL() == ttl
        ? record
        : Record.newRecord(
            record.getName(), record.getType(), DClass.IN, ttl, record.rdataToWireCanonical());
  }

  /** The version, 0 to 2^32-1 (RFC 1982). */
  public long serial() {
    return soa.getSerial();
  }
}
