package net.dglb.dns.transfer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * What changed from one serial to the next (RFC 1995 section 4).
 *
 * @param from the SOA record before
 * @param removed the records that are gone
 * @param to the SOA record after
 * @param added the records that came
 */
public record ZoneDifference(
    SOARecord from, List<Record> removed, SOARecord to, List<Record> added) {

  /** dnsjava's records are equal whatever their TTLs. */
  private record Exact(Record record, long ttl) {

    static Set<Exact> all(ZoneSnapshot snapshot) {
      Set<Exact> all = new LinkedHashSet<>();
      snapshot.others().forEach(record -> all.add(new Exact(record, record.getTTL())));
      return all;
    }
  }

  static ZoneDifference between(ZoneSnapshot before, ZoneSnapshot after) {
    Set<Exact> old = Exact.all(before);
    Set<Exact> young = Exact.all(after);
    return new ZoneDifference(before.soa(), only(old, young), after.soa(), only(young, old));
  }

  private static List<Record> only(Set<Exact> these, Set<Exact> notThose) {
    return these.stream().filter(it -> !notThose.contains(it)).map(Exact::record).toList();
  }

  /** How many records it takes to tell, with both SOA records. */
  int size() {
    return removed.size() + added.size() + 2;
  }
}
