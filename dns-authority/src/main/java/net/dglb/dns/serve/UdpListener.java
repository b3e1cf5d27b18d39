package net.dglb.dns.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.dglb.net.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UDP address: its sockets and a thread for each. */
final class UdpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
  private static final long STOP_MILLIS = 2_000;
  private static final long FAILURE_PAUSE_NANOS = 1_000_000;

  private final List<UdpTransport> transports;
  private final List<Thread> threads = new ArrayList<>();

  private UdpListener(List<UdpTransport> transports) {
    this.transports = transports;
  }

  /** Binds all sockets of an address; port 0 becomes the same free port for all. */
  static UdpListener bind(Endpoint endpoint, UdpSettings settings) throws IOException {
    int workers = settings.workers();
    List<UdpTransport> transports = new ArrayList<>();
    try {
      Endpoint fixed = workers > 1 ? claim(endpoint) : endpoint;
      for (int i = 0; i < workers; i++) {
        transports.add(settings.path().bind(fixed, workers > 1));
      }
      return new UdpListener(transports);
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

  int workers() {
    return transports.size();
  }

  /** Starts one worker's thread. */
  void start(int worker, QueryProcessor processor, WorkerCounters counters) {
    UdpTransport transport = transports.get(worker);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("dns-udp-" + port() + "-" + worker)
            .start(() -> serve(transport, processor, counters));
    threads.add(thread);
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
