package net.dglb.backbone.registry.state;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;

/** Bounds how many removed zones are remembered. */
final class Forgotten {

  /**
   * How many removed zones are remembered at most, those in quarantine and those still answered
   * apart.
   */
  static final int MAX_REMOVED = 10_000;

  private Forgotten() {}

  /** The state without the zones that were removed first, if there are too many. */
  static RegistryState without(RegistryState state, long now) {
    List<ZoneRecord> free =
        state.zones().values().stream()
            .filter(ZoneRecord::hasRemoval)
            .filter(zone -> zone.getRemoval().getQuarantinedUntilEpochMillis() <= now)
            .filter(zone -> zone.getRemoval().getAnsweredUntilEpochMillis() <= now)
            .toList();
    if (free.size() <= MAX_REMOVED) {
      return state;
    }
    TreeMap<DomainName, ZoneRecord> kept = new TreeMap<>(state.zones());
    free.stream()
        .sorted(Comparator.comparingLong(zone -> zone.getRemoval().getAtEpochMillis()))
        .limit(free.size() - MAX_REMOVED)
        .forEach(zone -> kept.remove(DomainName.of(zone.getOrigin())));
    return state.withZones(kept);
  }
}
