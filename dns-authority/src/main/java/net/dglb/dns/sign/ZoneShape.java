package net.dglb.dns.sign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone's record sets in canonical order, and which of them the zone is authoritative for. */
final class ZoneShape {

  /** What a zone loses before it is signed: it is made anew. */
  private static final Set<Integer> MADE_HERE =
      Set.of(Type.RRSIG, Type.NSEC, Type.NSEC3, Type.NSEC3PARAM);

  /** What a parent has to say of a cut itself (RFC 4035 sections 2.2 and 2.3). */
  private static final Set<Integer> SIGNED_AT_CUT = Set.of(Type.DS, Type.NSEC);

  private static final int RECORD_HEADER_OCTETS = 10;

  private final NavigableMap<Name, Map<Integer, List<Record>>> owners = new TreeMap<>();
  private final SOARecord soa;

  /** Takes the records of a whole zone; all records of a set get its lowest TTL. */
  ZoneShape(List<Record> records) {
    soa =
        records.stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("zone without an SOA record"));
    records.stream().filter(record -> !MADE_HERE.contains(record.getType())).forEach(this::add);
    owners.values().forEach(sets -> sets.replaceAll((_, set) -> withOneTtl(set)));
  }

  private void add(Record record) {
    List<Record> set =
        owners
            .computeIfAbsent(record.getName(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(record.getType(), _ -> new ArrayList<>());
    if (!set.contains(record)) {
      set.add(record);
    }
  }

  private static List<Record> withOneTtl(List<Record> set) {
    long ttl = set.stream().mapToLong(Record::getTTL).min().orElse(0);
    return set.stream()
        .map(record ->
            record.getTTL() == ttl
                ? record
                : Record.newRecord(
                    record.getName(), record.getType(), record.getDClass(), ttl, data(record)))
        .toList();
  }

  Name apex() {
    return soa.getName();
  }

  Map<Name, Map<Integer, List<Record>>> owners() {
    return owners;
  }

  /** Whether a set is signed: glue is not, and at a cut only what the parent has to say. */
  boolean isSigned(Name owner, int type) {
    return !isBelowCut(owner) && (!isCut(owner) || SIGNED_AT_CUT.contains(type));
  }

  private boolean isCut(Name name) {
    return !name.equals(apex()) && owners.getOrDefault(name, Map.of()).containsKey(Type.NS);
  }

  private boolean isBelowCut(Name name) {
    for (Name above = name; !above.equals(apex()); ) {
      above = new Name(above, 1);
      if (isCut(above)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the chain of NSEC records, with the TTL of negative answers (RFC 9077 section 3.2). */
  void addChain(Collection<Name> unknown) {
    unknown.stream()
        .filter(name -> !name.isWild() && !isBelowCut(name))
        .forEach(name -> owners.computeIfAbsent(name, _ -> new LinkedHashMap<>()));
    long ttl = Math.min(soa.getTTL(), soa.getMinimum());
    List<Name> chain = owners.keySet().stream().filter(name -> !isBelowCut(name)).toList();
    for (int i = 0; i < chain.size(); i++) {
      Name owner = chain.get(i);
      Name next = chain.get((i + 1) % chain.size());
      Map<Integer, List<Record>> sets = owners.getOrDefault(owner, Map.of());
      int[] types =
          unknown.contains(owner) && sets.isEmpty()
              ? new int[] {Type.NS}
              : sets.keySet().stream()
                  .filter(type -> isSigned(owner, type) || type == Type.NS)
                  .mapToInt(Integer::intValue)
                  .toArray();
      sets.put(
          Type.NSEC, List.of(new NSECRecord(owner, DClass.IN, ttl, next, withProofTypes(types))));
    }
  }

  private static int[] withProofTypes(int[] types) {
    int[] all = new int[types.length + 2];
    System.arraycopy(types, 0, all, 0, types.length);
    all[types.length] = Type.NSEC;
    all[types.length + 1] = Type.RRSIG;
    return all;
  }

  /** A record's data, uncompressed and with the case of its names. */
  static byte[] data(Record record) {
    byte[] wire = record.toWire(Section.ANSWER);
    return Arrays.copyOfRange(wire, record.getName().length() + RECORD_HEADER_OCTETS, wire.length);
  }
}
