package net.dglb.dns.serve;

import java.io.IOException;

/**
 * One UDP socket and the loop that serves it: receive, process in place, send. The portable one is
 * {@link NioUdpTransport}; one that moves many messages per system call fits behind the same lines.
 */
interface UdpTransport extends AutoCloseable {

  /** The port that it is bound to. */
  int port();

  /** Answers until it is closed; blocks the calling thread, which owns the processor. */
  void serve(QueryProcessor processor, WorkerCounters counters);

  /** Ends {@link #serve} and frees the port; from any thread. */
  @Override
  void close() throws IOException;
}
