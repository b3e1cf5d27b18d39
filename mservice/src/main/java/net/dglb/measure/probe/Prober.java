package net.dglb.measure.probe;

import java.util.concurrent.CompletableFuture;
import net.dglb.service.ProbeTarget;

/** Makes single probes. Thread-safe. */
public interface Prober {

  /**
   * Probes a target once. Ends within the check's timeout, on any thread: cancelled if the prober
   * is closed, exceptionally only if something is broken here; all that a site can do is an
   * outcome.
   */
  CompletableFuture<Measurement> probe(ProbeTarget target);

  /**
   * Fetches the object that a target's check names, on a connection of its own; ends within half of
   * the check's interval, as {@link #probe} otherwise.
   */
  CompletableFuture<Transfer> download(ProbeTarget target);
}
