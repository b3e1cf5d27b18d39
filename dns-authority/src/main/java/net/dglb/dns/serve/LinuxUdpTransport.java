package net.dglb.dns.serve;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import net.dglb.dns.linux.MessageBatch;
import net.dglb.dns.linux.UdpSocket;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.Prefetch;
import net.dglb.dns.wire.Transport;
import net.dglb.net.Endpoint;

/** UDP on Linux: as many messages per system call as are there, without copies on the heap. */
final class LinuxUdpTransport implements UdpTransport {

  /** Enough to spread the cost of a call; more would only lengthen the wait for the first. */
  private static final int BATCH = 64;

  /** Longer queries are cut by the system and then malformed; real ones stay far below. */
  private static final int MESSAGE_OCTETS = 4096;

  private static final long ERROR_PAUSE_NANOS = 1_000_000;
  private static final int RECEIVE_BUFFER_OCTETS = 4 << 20;

  private final UdpSocket socket;
  private final MessageBatch batch = new MessageBatch(BATCH, MESSAGE_OCTETS);
  private final AddressBits[] sources = new AddressBits[BATCH];
  private final Prefetch prefetch = new Prefetch(BATCH);
  private volatile boolean stopped;

  private LinuxUdpTransport(UdpSocket socket) {
    this.socket = socket;
    Arrays.setAll(sources, _ -> new AddressBits());
  }

  /** Binds a socket, shared with others of this server or not. */
  static LinuxUdpTransport bind(Endpoint endpoint, boolean shared) throws IOException {
    return new LinuxUdpTransport(UdpSocket.bind(endpoint, shared, RECEIVE_BUFFER_OCTETS));
  }

  @Override
  public int port() {
    return socket.port();
  }

  @Override
  public void share() throws IOException {
    socket.share();
  }

  @Override
  public void serve(QueryProcessor processor, WorkerCounters counters) {
    while (!stopped) {
      int received = socket.receive(batch);
      if (received < 0) {
        counters.count(WorkerCounters.RECEIVE_ERRORS);
        LockSupport.parkNanos(ERROR_PAUSE_NANOS); // what fails now may fail for long
      }
      if (received > 0) {
        try {
          answer(received, processor);
        } finally { // whatever happened, the batch is empty then
          send(received, counters);
        }
      }
    }
  }

  private void answer(int received, QueryProcessor processor) {
    processor.tick();
    if (received > 1 && processor.looksUpSources()) {
      expect(received, processor);
    }
    for (int slot = 0; slot < received; slot++) {
      batch.source(slot, processor.source());
      int length = processor.process(batch.message(slot), batch.length(slot), Transport.UDP);
      if (length == QueryProcessor.BEYOND_QUERIES) {
        byte[] sender = batch.sender(slot);
        length =
            processor.handOn(
                batch.message(slot),
                batch.length(slot),
                new DatagramReplies(message -> socket.sendTo(message, sender)));
      }
      if (length > 0) {
        batch.answer(slot, length);
      }
    }
  }

  private void expect(int received, QueryProcessor processor) {
    for (int slot = 0; slot < received; slot++) {
      batch.source(slot, sources[slot]);
    }
    processor.expect(sources, received, prefetch);
  }

  private void send(int received, WorkerCounters counters) {
    int lost = socket.send(batch, received);
    for (int i = 0; i < lost; i++) {
      counters.count(WorkerCounters.SEND_ERRORS);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    socket.stop();
  }

  @Override
  public void close() {
    socket.close();
  }
}
