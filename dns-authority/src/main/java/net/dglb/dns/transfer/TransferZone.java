package net.dglb.dns.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A zone as secondaries get it: its content, and how it came to that, as far back as is worth it.
 * Immutable; kept in memory only, so that after a restart secondaries get the whole zone once.
 *
 * @param snapshot the content
 * @param differences the latest changes, oldest first, without a gap, the last one leading to the
 *     content
 */
public record TransferZone(ZoneSnapshot snapshot, List<ZoneDifference> differences) {

  private static final int MOST_DIFFERENCES = 100;

  /** Small zones keep so many records of changes although the zone itself is smaller. */
  private static final int LEAST_ROOM = 1_000;

  private static final long HALF = 1L << 31;
  private static final long MASK = 0xffffffffL;

  /** Copies the list. */
  public TransferZone {
    differences = List.copyOf(differences);
  }

  /** A zone of whose past nothing is known. */
  public static TransferZone of(ZoneSnapshot snapshot) {
    return new TransferZone(snapshot, List.of());
  }

  /** The zone with its next content. With the same serial nothing changes. */
  public TransferZone next(ZoneSnapshot next) {
    long ahead = (next.serial() - snapshot.serial()) & MASK;
    if (ahead == 0) {
      return this;
    }
    if (ahead >= HALF) { // a serial that went back: nobody can follow that
      return of(next);
    }
    List<ZoneDifference> all = new ArrayList<>(differences);
    all.add(ZoneDifference.between(snapshot, next));
    int room = Math.max(LEAST_ROOM, next.others().size());
    while (all.size() > MOST_DIFFERENCES || size(all) > room) {
      all.removeFirst();
    }
    return new TransferZone(next, all);
  }

  private static int size(List<ZoneDifference> differences) {
    return differences.stream().mapToInt(ZoneDifference::size).sum();
  }

  /** The changes since a serial; empty if they are not known. */
  Optional<List<ZoneDifference>> since(long serial) {
    for (int i = 0; i < differences.size(); i++) {
      if (differences.get(i).from().getSerial() == serial) {
        return Optional.of(differences.subList(i, differences.size()));
      }
    }
    return Optional.empty();
  }

  /** Whether a serial is this content's or a later one (RFC 1982 section 3.2). */
  boolean isUpToDate(long serial) {
    return ((serial - snapshot.serial()) & MASK) < HALF;
  }
}
