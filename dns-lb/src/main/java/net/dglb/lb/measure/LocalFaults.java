package net.dglb.lb.measure;

import java.util.HashSet;
import java.util.Set;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;

/**
 * Which faults of this machine keep sites from being probed; thousands of sites may have the same.
 * Used on the control thread only.
 */
final class LocalFaults {

  /** More kinds than there are. */
  private static final int MOST = 100;

  private final Set<String> seen = new HashSet<>();

  /** Whether this is a fault of this machine, and the first of its kind. */
  boolean isNew(Measurement measurement) {
    return measurement.outcome() == Outcome.LOCAL_FAULT
        && seen.size() < MOST
        && seen.add(measurement.detail());
  }
}
