package net.dglb.backbone.registry.state;

import java.util.List;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;

/** A zone's versions, within bounds. */
final class History {

  /** How many versions are kept. */
  static final int MAX_VERSIONS = 20;

  /** How many octets the kept ones may have, the served one apart. */
  static final long MAX_OCTETS = 1 << 20;

  private History() {}

  static ZoneRecord with(ZoneRecord record, ZoneVersion next) {
    List<ZoneVersion> before = record.getHistoryList();
    int first = before.size();
    long octets = 0;
    while (first > 0 && before.size() - first < MAX_VERSIONS - 1) {
      octets += before.get(first - 1).getContent().size();
      if (octets > MAX_OCTETS) {
        break;
      }
      first--;
    }
    return record.toBuilder()
        .clearHistory()
        .addAllHistory(before.subList(first, before.size()))
        .addHistory(next)
        .build();
  }

  /** The version that is served, or was before the zone was removed. */
  static ZoneVersion last(ZoneRecord record) {
    return record.getHistory(record.getHistoryCount() - 1);
  }
}
