package net.dglb.dns.serve;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import net.dglb.node.Published;

/**
 * Answers queries as the server does, without sockets: for explanations, checks and the tests of
 * zones. Not for several threads at once.
 */
public final class InProcessServer {

  private final WorkerCounters counters = new WorkerCounters();
  private final QueryProcessor processor;
  private final ByteBuffer buffer = ByteBuffer.allocate(MessageLimits.MESSAGE_MAX);

  /** Answers from whatever the catalog is at each query. */
  public InProcessServer(Published<Catalog> catalog) {
    this(ServerParts.alone(catalog, MessageLimits.UDP_PAYLOAD_MAX));
  }

  InProcessServer(ServerParts parts) {
    processor = new QueryProcessor(parts, counters);
  }

  /** Answers from a fixed catalog. */
  public InProcessServer(Catalog catalog) {
    this(new Published<>(catalog));
  }

  /**
   * Answers one message.
   *
   * @param query a DNS message
   * @param source who asks
   * @return the answer; empty if there is none
   */
  public byte[] ask(byte[] query, InetAddress source, Transport transport) {
    buffer.put(0, query);
    processor.tick();
    processor.source().set(source);
    byte[] answer = new byte[processor.process(buffer, query.length, transport)];
    buffer.get(0, answer);
    return answer;
  }

  /** What it has answered so far. */
  public DnsCounters counters() {
    return CounterReader.read(List.of(counters));
  }
}
