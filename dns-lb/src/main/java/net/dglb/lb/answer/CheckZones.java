package net.dglb.lb.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.lb.duty.TextCheck;
import net.dglb.net.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** Compiles the names that address checks ask for: one small zone per name. */
final class CheckZones {

  private static final int TTL_SECONDS = 1;
  private static final int SOA_SECONDS = 3_600;

  private CheckZones() {}

  static List<Zone> compile(List<TextCheck> checks) {
    Map<DomainName, List<TextCheck>> byName = new LinkedHashMap<>();
    for (TextCheck check : checks) {
      byName.computeIfAbsent(check.name(), _ -> new ArrayList<>()).add(check);
    }
    List<Zone> zones = new ArrayList<>();
    byName.forEach((name, texts) -> zones.add(zone(name, texts)));
    return zones;
  }

  private static Zone zone(DomainName apex, List<TextCheck> checks) {
    Name name = name(apex);
    List<Record> records = new ArrayList<>();
    records.add(
        new SOARecord(
            name,
            DClass.IN,
            TTL_SECONDS,
            name,
            name,
            1,
            SOA_SECONDS,
            SOA_SECONDS,
            SOA_SECONDS,
            TTL_SECONDS));
    records.add(new NSRecord(name, DClass.IN, TTL_SECONDS, name));
    for (TextCheck check : checks) {
      records.add(new TXTRecord(name, DClass.IN, TTL_SECONDS, check.text()));
    }
    try {
      return StaticZone.compile(apex, records);
    } catch (ZoneException e) {
      throw new IllegalStateException("the zone of an address check is always whole", e);
    }
  }

  private static Name name(DomainName name) {
    try {
      return Name.fromString(name + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
