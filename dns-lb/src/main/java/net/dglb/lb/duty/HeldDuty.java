package net.dglb.lb.duty;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import net.dglb.mapping.convert.LabelDuty;

/**
 * A label that is answered here.
 *
 * @param duty as it came last, whichever backbone node sent it
 * @param wantedBy ids of the backbone nodes that want it answered; empty once all have ended it
 * @param ends when answering stops, if nobody wants it any more
 */
public record HeldDuty(LabelDuty duty, NavigableSet<String> wantedBy, Optional<Instant> ends) {

  /** Copies the set. */
  public HeldDuty {
    wantedBy = new TreeSet<>(wantedBy);
  }

  /** Which label. */
  public LabelName label() {
    return new LabelName(duty.label(), duty.service());
  }

  /** Whether both are wanted by the same and say to answer the same. */
  boolean answersAs(HeldDuty other) {
    return wantedBy.equals(other.wantedBy) && ends.equals(other.ends) && duty.answersAs(other.duty);
  }

  /** The same, wanted also by those who wanted the earlier one, and no longer ending. */
  HeldDuty after(HeldDuty earlier) {
    NavigableSet<String> all = new TreeSet<>(wantedBy);
    all.addAll(earlier.wantedBy);
    return new HeldDuty(duty, all, Optional.empty());
  }

  /** The same without one backbone node; if it was the last, answering ends at that time. */
  HeldDuty endedBy(String node, Instant end) {
    NavigableSet<String> rest = new TreeSet<>(wantedBy);
    rest.remove(node);
    return rest.isEmpty() ? endedByAll(end) : new HeldDuty(duty, rest, Optional.empty());
  }

  /** The same, wanted by nobody: answering ends at that time, or at a later one named before. */
  HeldDuty endedByAll(Instant end) {
    Instant latest = ends.filter(end::isBefore).orElse(end);
    return new HeldDuty(duty, new TreeSet<>(), Optional.of(latest));
  }
}
