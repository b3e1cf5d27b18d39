package net.dglb.dns.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UDP address: its sockets and a thread for each. Begins to answer when it is started. */
final class UdpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
  private static final long STOP_MILLIS = 2_000;
  private static final long FAILURE_PAUSE_NANOS = 1_000_000;

  private final UdpSettings settings;
  private final List<UdpTransport> transports;
  private final List<WorkerCounters> counters = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private UdpListener(UdpSettings settings, List<UdpTransport> transports) {
    this.settings = settings;
    this.transports = transports;
    transports.forEach(_ -> counters.add(new WorkerCounters()));
  }

  /** Binds all sockets of an address; port 0 becomes the same free port for all. */
  static UdpListener bind(Endpoint endpoint, UdpSettings settings) throws IOException {
    boolean shared = settings.workers() > 1;
    return bind(shared ? claim(endpoint) : endpoint, settings, shared);
  }

  /** Binds sockets for the same address that answer otherwise; this one goes on until closed. */
  UdpListener successor(Endpoint endpoint, UdpSettings next) throws IOException {
    for (UdpTransport transport : transports) {
      transport.share();
    }
    return bind(endpoint, next, true);
  }

  private static UdpListener bind(Endpoint endpoint, UdpSettings settings, boolean shared)
      throws IOException {
    List<UdpTransport> transports = new ArrayList<>();
    try {
      for (int i = 0; i < settings.workers(); i++) {
        transports.add(settings.path().bind(endpoint, shared));
      }
      return new UdpListener(settings, transports);
    } catch (IOException e) {
      closeAll(transports);
      throw e;
    }
  }

  /**
   * Makes sure that nobody else has the address: with SO_REUSEPORT the system would let two servers
   * of one user share it without a word.
   */
  private static Endpoint claim(Endpoint endpoint) throws IOException {
    try (UdpTransport alone = NioUdpTransport.bind(endpoint, false)) {
      return new Endpoint(endpoint.address(), alone.port());
    }
  }

  int port() {
    return transports.getFirst().port();
  }

  /** Whether it is served as these settings want it. */
  boolean isServedBy(UdpSettings wanted) {
    return wanted.path() == settings.path() && wanted.workers() == settings.workers();
  }

  /** What its workers have done. */
  List<WorkerCounters> counters() {
    return List.copyOf(counters);
  }

  /** Starts a thread for each socket. */
  void start(Published<ServerParts> parts) {
    for (int i = 0; i < transports.size(); i++) {
      UdpTransport transport = transports.get(i);
      WorkerCounters own = counters.get(i);
      QueryProcessor processor = new QueryProcessor(parts, own);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("dns-udp-" + port() + "-" + i)
              .start(() -> serve(transport, processor, own)));
    }
  }

  /** Whatever is thrown, the worker goes on: a port that nobody reads would be silent. */
  private static void serve(
      UdpTransport transport, QueryProcessor processor, WorkerCounters counters) {
    boolean ended = false;
    while (!ended) {
      try {
        transport.serve(processor, counters);
        ended = true;
      } catch (RuntimeException | Error failure) {
        processor.survive(failure);
        LockSupport.parkNanos(FAILURE_PAUSE_NANOS); // what fails now may fail for long
      }
    }
  }

  @Override
  public void close() {
    stopAll();
    for (Thread thread : threads) {
      try {
        if (!thread.join(Duration.ofMillis(STOP_MILLIS))) {
          LOG.warn("{} did not stop; its port {} stays taken", thread.getName(), port());
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    closeAll(transports);
  }

  private void stopAll() {
    for (UdpTransport transport : transports) {
      try {
        transport.stop();
      } catch (IOException e) {
        LOG.warn("UDP port {} was not stopped cleanly: {}", transport.port(), e.getMessage());
      }
    }
  }

  private static void closeAll(List<UdpTransport> transports) {
    for (UdpTransport transport : transports) {
      try {
        transport.close();
      } catch (IOException e) {
        LOG.warn("UDP port {} was not closed cleanly: {}", transport.port(), e.getMessage());
      }
    }
  }
}
