package net.dglb.trace;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * Asks over real sockets: UDP first, TCP when the answer is truncated (RFC 7766 section 5). Blocks
 * the calling thread; may be used from several threads.
 */
public final class SocketExchange implements Exchange {

  private static final int MAX_MESSAGE_BYTES = 65_535;

  private final @Nullable InetAddress source;
  private final int sourcePort;
  private final Duration timeout;

  /**
   * Asks from a given place.
   *
   * @param source the address to ask from, or empty for the system's choice
   * @param sourcePort the port to ask from, or 0 for the system's choice
   * @param timeout how long to wait for each answer
   */
  public SocketExchange(Optional<InetAddress> source, int sourcePort, Duration timeout) {
    this.source = source.orElse(null);
    this.sourcePort = sourcePort;
    this.timeout = timeout;
  }

  @Override
  public Reply ask(InetSocketAddress server, Message query) throws IOException {
    byte[] question = query.toWire(MAX_MESSAGE_BYTES);
    long start = System.nanoTime();
    try {
      Message answer = overUdp(server, query, question);
      String transport = "UDP";
      if (answer.getHeader().getFlag(Flags.TC)) {
        answer = overTcp(server, query, question);
        transport = "UDP, then TCP";
      }
      return new Reply(answer, transport, Duration.ofNanos(System.nanoTime() - start));
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (BindException e) {
      throw new IOException("no interface of this machine has the address to ask from", e);
    } catch (PortUnreachableException | ConnectException e) {
      throw new IOException("nothing listens there", e);
    }
  }

  private Message overUdp(InetSocketAddress server, Message query, byte[] question)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, sourcePort))) {
      socket.connect(server);
      socket.send(new DatagramPacket(question, question.length));
      byte[] buffer = new byte[MAX_MESSAGE_BYTES];
      long deadline = System.nanoTime() + timeout.toNanos();
      while (true) {
        socket.setSoTimeout(remainingMillis(deadline));
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] octets = Arrays.copyOf(buffer, packet.getLength());
        if (belongs(octets, question)) {
          return matching(octets, query);
        }
      }
    }
  }

  private Message overTcp(InetSocketAddress server, Message query, byte[] question)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(true);
      socket.setSoTimeout((int) timeout.toMillis());
      socket.bind(new InetSocketAddress(source, sourcePort));
      socket.connect(server, (int) timeout.toMillis());
      OutputStream out = socket.getOutputStream();
      byte[] framed = new byte[question.length + 2];
      framed[0] = (byte) (question.length >> 8);
      framed[1] = (byte) question.length;
      System.arraycopy(question, 0, framed, 2, question.length);
      out.write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] octets = new byte[in.readUnsignedShort()];
      in.readFully(octets);
      return matching(octets, query);
    }
  }

  private static int remainingMillis(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("time is up");
    }
    return (int) millis;
  }

  /** Whether a datagram is an answer with the question's id; others are stray and are skipped. */
  private static boolean belongs(byte[] octets, byte[] question) {
    return octets.length >= 12
        && octets[0] == question[0]
        && octets[1] == question[1]
        && (octets[2] & 0x80) != 0;
  }

  private static Message matching(byte[] octets, Message query) throws IOException {
    Message answer;
    try {
      answer = new Message(octets);
    } catch (IOException | RuntimeException e) {
      throw new IOException("an answer that cannot be read: " + e.getMessage(), e);
    }
    if (answer.getHeader().getID() != query.getHeader().getID()) {
      throw new IOException("an answer with another id");
    }
    if (answer.getQuestion() != null && !answer.getQuestion().equals(query.getQuestion())) {
      throw new IOException("an answer to another question: " + answer.getQuestion());
    }
    return answer;
  }
}
