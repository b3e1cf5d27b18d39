package net.dglb.measure.probe;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import net.dglb.service.ProbeTarget;

/** Probes over the network: HTTP and HTTPS by OkHttp, TCP by a socket; each on a new connection. */
public final class NetworkProber implements Prober, AutoCloseable {

  private final ExecutorService threads;
  private final HttpProbe http;
  private final TcpProbe tcp;

  /**
   * Makes a prober.
   *
   * @param settings how probes are made
   * @param clock for the time stamps of measurements
   * @throws IOException if the file of trusted authorities cannot be used
   */
  public NetworkProber(ProberSettings settings, Clock clock) throws IOException {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    http = new HttpProbe(settings, clock);
    tcp = new TcpProbe(settings, clock);
  }

  @Override
  public CompletableFuture<Measurement> probe(ProbeTarget target) {
    CompletableFuture<Measurement> result = new CompletableFuture<>();
    try {
      threads.execute(() -> run(target, result));
    } catch (RejectedExecutionException e) {
      result.cancel(false);
    }
    return result;
  }

  private void run(ProbeTarget target, CompletableFuture<Measurement> result) {
    try {
      Measurement measurement =
          switch (target.check().kind()) {
            case TCP -> tcp.probe(target);
            case HTTP, HTTPS -> http.probe(target);
          };
      if (threads.isShutdown()) {
        result.cancel(false);
      } else {
        result.complete(measurement);
      }
    } catch (RuntimeException e) {
      // A future that never ends would keep its target from ever being probed again.
      result.completeExceptionally(e);
    }
  }

  /** Breaks off the probes under way, whose futures are cancelled. */
  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
  }
}
