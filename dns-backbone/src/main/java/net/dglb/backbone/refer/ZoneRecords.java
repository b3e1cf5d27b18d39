package net.dglb.backbone.refer;

import java.util.List;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The records at a zone's apex, compiled.
 *
 * @param source what the SOA records were made of
 * @param soa for positive answers
 * @param negativeSoa for negative answers (RFC 2308)
 * @param nameServers the backbone's name servers
 * @param keys DNSKEY, CDS and CDNSKEY; none of a zone that is not signed
 * @param types of all these, with each choice of the types of {@link AddressTypes}
 */
record ZoneRecords(
    SoaSettings source,
    RecordSet soa,
    RecordSet negativeSoa,
    RecordSet nameServers,
    List<RecordSet> keys,
    AddressBitmaps types) {

  /** The same with another serial of the zone with this apex. */
  ZoneRecords withSerial(DomainName apex, long serial) {
    SoaSettings next = source.withSerial(serial);
    return new ZoneRecords(
        next, next.compile(apex), next.compileNegative(apex), nameServers, keys, types);
  }

  /** The set of a type about keys, or null. */
  @Nullable RecordSet keys(int type) {
    for (int i = 0; i < keys.size(); i++) { // by index: an iterator would be an allocation
      if (keys.get(i).type() == type) {
        return keys.get(i);
      }
    }
    return null;
  }
}
