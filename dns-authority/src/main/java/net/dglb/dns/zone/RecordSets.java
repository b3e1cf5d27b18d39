package net.dglb.dns.zone;

import java.util.Arrays;
import java.util.List;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * Turns records into record sets in wire form. Names in data are compressed for the types of RFC
 * 1035 only (RFC 3597 section 4).
 */
final class RecordSets {

  private static final int FIXED_OCTETS = 10;
  private static final int SOA_NUMBERS_OCTETS = 20;

  private RecordSets() {}

  /** Compiles records of one owner and type; the lowest TTL counts for all. */
  static RecordSet compile(List<Record> records, byte[] apex) {
    int ttl = Math.toIntExact(records.stream().mapToLong(Record::getTTL).min().orElseThrow());
    return compile(records, apex, ttl);
  }

  static RecordSet compile(List<Record> records, byte[] apex, int ttlSeconds) {
    RecordSetBuilder set = new RecordSetBuilder(records.getFirst().getType(), ttlSeconds, apex);
    records.forEach(record -> add(set, record));
    return set.build();
  }

  private static void add(RecordSetBuilder set, Record record) {
    switch (record) {
      case NSRecord ns -> set.name(ns.getTarget().toWire());
      case CNAMERecord cname -> set.name(cname.getTarget().toWire());
      case PTRRecord ptr -> set.name(ptr.getTarget().toWire());
      case MXRecord mx -> set.dataAndName(shortOf(mx.getPriority()), mx.getTarget().toWire());
      case SOARecord soa -> {
        byte[] data = data(soa);
        set.soa(
            soa.getHost().toWire(),
            soa.getAdmin().toWire(),
            Arrays.copyOfRange(data, data.length - SOA_NUMBERS_OCTETS, data.length));
      }
      default -> set.data(data(record));
    }
  }

  private static byte[] shortOf(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  /** A record's data, uncompressed and with the case of its names. */
  static byte[] data(Record record) {
    byte[] wire = record.toWire(Section.ANSWER);
    return Arrays.copyOfRange(wire, record.getName().length() + FIXED_OCTETS, wire.length);
  }
}
