package net.dglb.measure.probe;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;

/** Probes over the network: HTTP and HTTPS by OkHttp, the others by sockets; each on a new one. */
public final class NetworkProber implements Prober, AutoCloseable {

  private final ExecutorService threads;
  private final Clock clock;
  private final ExecutorService echoThreads;
  private volatile Probes probes;

  /** One for each kind, all made by the same settings. */
  private record Probes(HttpProbe http, TcpProbe tcp, DnsProbe dns, IcmpProbe icmp) {

    static Probes of(ProberSettings settings, Clock clock) throws IOException {
      return new Probes(
          new HttpProbe(settings, clock),
          new TcpProbe(settings, clock),
          new DnsProbe(settings, clock),
          new IcmpProbe(settings, clock));
    }

    Measurement measure(ProbeTarget target) {
      return switch (target.check().kind()) {
        case TCP -> tcp.probe(target);
        case ICMP -> icmp.probe(target);
        case DNS -> dns.probe(target);
        case HTTP, HTTPS -> http.probe(target);
      };
    }
  }

  /**
   * Makes a prober.
   *
   * @param settings how probes are made
   * @param clock for the time stamps of measurements
   * @throws IOException if the file of trusted authorities cannot be used
   */
  public NetworkProber(ProberSettings settings, Clock clock) throws IOException {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    this.clock = clock;
    probes = Probes.of(settings, clock);
    // A call of the C library would hold the carrier of a virtual thread while it waits.
    echoThreads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("echo-", 0).factory());
  }

  /**
   * Makes the probes that begin from now on in another way.
   *
   * @throws IOException if the file of trusted authorities cannot be used; the old way stays
   */
  public void use(ProberSettings settings) throws IOException {
    probes = Probes.of(settings, clock);
  }

  @Override
  public CompletableFuture<Measurement> probe(ProbeTarget target) {
    boolean echo = target.check().kind() == HealthCheck.Kind.ICMP;
    return on(echo ? echoThreads : threads, () -> probes.measure(target));
  }

  @Override
  public CompletableFuture<Transfer> download(ProbeTarget target) {
    return on(threads, () -> probes.http().download(target));
  }

  private <T> CompletableFuture<T> on(ExecutorService executor, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> run(work, result));
    } catch (RejectedExecutionException e) {
      result.cancel(false);
    }
    return result;
  }

  private <T> void run(Supplier<T> work, CompletableFuture<T> result) {
    try {
      T made = work.get();
      if (threads.isShutdown()) {
        result.cancel(false);
      } else {
        result.complete(made);
      }
    } catch (RuntimeException | Error e) {
      // A future that never ends would keep its target from ever being probed again.
      result.completeExceptionally(e);
    }
  }

  /** Breaks off the probes under way, whose futures are cancelled. */
  @Override
  public void close() {
    threads.shutdownNow();
    echoThreads.shutdownNow();
    probes.http().close();
  }
}
