package net.dglb.authority.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.DomainName;
import org.xbill.DNS.Record;

/** Kept zones that last as long as the test. */
final class MemoryKept implements KeptZones {

  private final Map<DomainName, List<Record>> zones = new HashMap<>();

  @Override
  public void put(DomainName zone, List<Record> records) {
    zones.put(zone, List.copyOf(records));
  }

  @Override
  public List<Record> get(DomainName zone) {
    return zones.getOrDefault(zone, List.of());
  }

  @Override
  public void remove(DomainName zone) {
    zones.remove(zone);
  }
}
