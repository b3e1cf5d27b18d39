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

  private static final SlowPath.Replies NOBODY =
      new SlowPath.Replies() {
        @Override
        public void send(byte[] message) {}

        @Override
        public void end(byte[] last) {}
      };

  private final WorkerCounters counters = new WorkerCounters();
  private final QueryProcessor processor;
  private final ByteBuffer buffer = ByteBuffer.allocate(MessageLimits.MESSAGE_MAX);

  /** Answers from whatever the catalog is at each query. */
  public InProcessServer(Published<Catalog> catalog) {
    this(ServerParts.alone(catalog, MessageLimits.UDP_PAYLOAD_MAX));
  }

  /** One whose zones may have questions wait. */
  public static InProcessServer withWaitingRoom(Published<Catalog> catalog, WaitingRoom room) {
    ServerParts parts = ServerParts.alone(catalog, MessageLimits.UDP_PAYLOAD_MAX);
    return new InProcessServer(
        parts.with(parts.slowPath(), room, new LateAnswers(new Published<>(parts))));
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
    return ask(query, source, transport, NOBODY);
  }

  /**
   * Answers one message, or has it wait.
   *
   * @param replies takes the answer of one that waits; the answer given here is empty then
   */
  public byte[] ask(
      byte[] query, InetAddress source, Transport transport, SlowPath.Replies replies) {
    buffer.put(0, query);
    processor.tick();
    processor.source().set(source);
    int length = processor.process(buffer, query.length, transport);
    if (length == QueryProcessor.BEYOND_QUERIES) {
      length = processor.handOn(buffer, query.length, replies);
    }
    byte[] answer = new byte[length];
    buffer.get(0, answer);
    return answer;
  }

  /** What it has answered so far. */
  public DnsCounters counters() {
    return CounterReader.read(List.of(counters));
  }
}
