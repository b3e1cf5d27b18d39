package net.dglb.dns.serve;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import net.dglb.node.Published;

/** Answers queries off the DNS threads, with the limits and secrets of the server. */
final class LateAnswers implements WaitingRoom.Late {

  private final WorkerCounters counters = new WorkerCounters();
  private final QueryProcessor processor;

  /** Of the kind that all workers have: what is compiled for one kind is faster than for two. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MessageLimits.MESSAGE_MAX);

  LateAnswers(Published<ServerParts> parts) {
    processor = new QueryProcessor(parts, counters);
  }

  WorkerCounters counters() {
    return counters;
  }

  @Override
  public synchronized byte[] answer(byte[] query, InetAddress source, Transport transport) {
    buffer.put(0, query);
    processor.tick();
    processor.source().set(source);
    byte[] answer = new byte[processor.processAgain(buffer, query.length, transport)];
    buffer.get(0, answer);
    return answer;
  }
}
