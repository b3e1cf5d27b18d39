package net.dglb.dns.serve;

import java.io.IOException;

/**
 * One UDP socket and the loop that serves it: receive, process in place, send. {@link
 * LinuxUdpTransport} moves many messages per system call; {@link NioUdpTransport} works everywhere.
 */
interface UdpTransport extends AutoCloseable {

  /** The port that it is bound to. */
  int port();

  /** Lets other sockets of this server take the same address from now on. */
  void share() throws IOException;

  /**
   * Answers until it is stopped; blocks the calling thread, which owns the processor. What it
   * throws is no reason to stop: it may be called again.
   */
  void serve(QueryProcessor processor, WorkerCounters counters);

  /** Ends {@link #serve}; from any thread. */
  void stop() throws IOException;

  /** Frees the port; when {@link #serve} has returned. */
  @Override
  void close() throws IOException;
}
