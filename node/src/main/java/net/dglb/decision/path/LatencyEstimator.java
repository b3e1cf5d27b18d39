package net.dglb.decision.path;

import net.dglb.net.Location;

/** Estimates the latency of paths that were not measured. Immutable and thread-safe. */
@FunctionalInterface
public interface LatencyEstimator {

  /** The latency between two locations, whichever asks. */
  PathEstimate estimate(Location one, Location other);
}
