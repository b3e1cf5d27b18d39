package net.dglb.dns.serve;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import net.dglb.dns.wire.Transport;
import net.dglb.net.AddressLiteral;
import net.dglb.net.ConnectionAbort;

/**
 * One TCP connection: cuts the stream into messages, however they arrive, and answers all that one
 * read brought with one write. While a client does not read its answers, it is not read either.
 */
final class TcpConnection {

  private static final int PREFIX_OCTETS = 2;

  /** More answers than this are not collected for one write. */
  private static final int WRITE_MAX = 1 << 17;

  private final NetSocket socket;
  private final Context context;
  private final InetAddress source;
  private final QueryProcessor processor;
  private final Transport transport;

  /** Shared with the other connections of the event loop. */
  private final ByteBuffer packet;

  /** What came and is not answered yet. */
  private Buffer pending = Buffer.buffer();

  /** Whether a whole message came since the last look. */
  private boolean active = true;

  /** Whether answers wait for the client to read. */
  private boolean blocked;

  /** Whether it ends as soon as its answers are sent. */
  private boolean closed;

  /** Whether the client sends no more. */
  private boolean ended;

  /** Messages that other threads answer now. */
  private int elsewhere;

  TcpConnection(
      NetSocket socket,
      Context context,
      QueryProcessor processor,
      ByteBuffer packet,
      Transport transport) {
    this.context = context;
    this.socket = socket;
    this.source = AddressLiteral.parse(socket.remoteAddress().hostAddress());
    this.processor = processor;
    this.transport = transport;
    this.packet = packet;
  }

  void start() {
    socket.exceptionHandler(_ -> socket.close());
    socket.handler(this::take);
  }

  /** An empty buffer is the end of what comes, see {@link EndOfInput}. */
  private void take(Buffer received) {
    if (closed) {
      return;
    }
    ended |= received.length() == 0;
    pending = pending.length() == 0 ? received : pending.appendBuffer(received);
    answerPending();
    finishIfEnded();
  }

  /**
   * Closes the connection if no message was completed since the last call: once its answers are
   * sent, but if it is called again before they are, without them.
   */
  void closeUnlessActive() {
    if (!active && elsewhere == 0) {
      if (closed) {
        abort();
      } else {
        finish(Buffer.buffer());
      }
    }
    active = false;
  }

  /** Ends it at once, without what waits to be sent. */
  void abort() {
    ConnectionAbort.of(socket);
  }

  /** Whoever sends no more waits for what it has asked; half a message is no question. */
  private void finishIfEnded() {
    if (ended && !closed && elsewhere == 0 && messageEnd(0) < 0) {
      finish(Buffer.buffer());
    }
  }

  private void answerPending() {
    processor.tick();
    while (!blocked && !closed && messageEnd(0) >= 0) {
      Buffer answers = Buffer.buffer();
      int at = 0;
      for (int end = messageEnd(at);
          end >= 0 && answers.length() < WRITE_MAX;
          end = messageEnd(at)) {
        if (!answer(at + PREFIX_OCTETS, end, answers)) {
          finish(answers);
          return;
        }
        at = end;
      }
      pending = at == pending.length() ? Buffer.buffer() : pending.getBuffer(at, pending.length());
      write(answers);
    }
  }

  /** Where the message ends whose prefix begins here, or -1 if it has not come as a whole. */
  private int messageEnd(int at) {
    if (at + PREFIX_OCTETS > pending.length()) {
      return -1;
    }
    int end = at + PREFIX_OCTETS + pending.getUnsignedShort(at);
    return end <= pending.length() ? end : -1;
  }

  /**
   * Answers one message.
   *
   * @return false if it deserves no answer: whoever sends such a stream does not speak DNS
   */
  private boolean answer(int start, int end, Buffer answers) {
    active = true;
    for (int i = start; i < end; i++) {
      packet.put(i - start, pending.getByte(i));
    }
    processor.source().set(source);
    int length = processor.process(packet, end - start, transport);
    if (length == QueryProcessor.BEYOND_QUERIES) {
      length =
          processor.handOn(
              packet,
              end - start,
              new StreamReplies(
                  socket, context, carriesZones(), this::oneLess, StreamReplies.PATIENCE));
      if (length == 0) {
        elsewhere++;
        return true;
      }
    }
    if (length == 0) {
      return false;
    }
    byte[] copy = new byte[length];
    packet.get(0, copy);
    answers.appendUnsignedShort(length).appendBytes(copy);
    return true;
  }

  private boolean carriesZones() {
    return transport == Transport.TCP || DnsOverTls.carriesZones(socket);
  }

  private void oneLess() {
    elsewhere--;
    active = true;
    waitForReader();
    finishIfEnded();
  }

  private void write(Buffer answers) {
    if (answers.length() == 0) {
      return;
    }
    socket.write(answers);
    waitForReader();
  }

  private void waitForReader() {
    if (!blocked && socket.writeQueueFull()) {
      blocked = true;
      socket.pause();
      socket.drainHandler(_ -> goOn());
    }
  }

  private void goOn() {
    blocked = false;
    answerPending();
    if (!blocked && !closed) {
      socket.resume();
    }
    finishIfEnded();
  }

  private void finish(Buffer answers) {
    closed = true;
    pending = Buffer.buffer();
    socket.end(answers);
  }
}
