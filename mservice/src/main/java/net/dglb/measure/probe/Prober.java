package net.dglb.measure.probe;

import java.util.concurrent.CompletableFuture;
import net.dglb.service.ProbeTarget;

/** Makes single probes. Thread-safe. */
public interface Prober {

  /**
   * Probes a target once. Ends within the check's timeout, on any thread; never exceptionally but
   * for a cancellation when the prober is closed.
   */
  CompletableFuture<Measurement> probe(ProbeTarget target);
}
