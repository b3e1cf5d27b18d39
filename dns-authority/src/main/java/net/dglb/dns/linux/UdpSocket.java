package net.dglb.dns.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.dglb.net.Endpoint;

/**
 * A UDP socket of Linux that is bound to one address. One thread receives and sends; {@link #stop}
 * may come from any.
 */
public final class UdpSocket implements AutoCloseable {

  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int IPV4_OCTETS = 16;
  private static final int IPV6_OCTETS = 28;

  private final SystemCalls calls;
  private final int descriptor;
  private final int port;
  private boolean closed;

  private UdpSocket(SystemCalls calls, int descriptor, int port) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.port = port;
  }

  /**
   * Binds a socket.
   *
   * @param shared whether other sockets of this server take the same address (SO_REUSEPORT): the
   *     system then spreads the messages over them by source
   * @param receiveBufferOctets what the system may hold until it is received; less if it does not
   *     grant so much
   */
  public static UdpSocket bind(Endpoint endpoint, boolean shared, int receiveBufferOctets)
      throws IOException {
    SystemCalls calls = new SystemCalls();
    boolean four = endpoint.address() instanceof Inet4Address;
    int descriptor = calls.socket(four ? SystemCalls.AF_INET : SystemCalls.AF_INET6);
    if (descriptor < 0) {
      throw new SocketException("no socket: " + reason(calls.errno()));
    }
    try {
      forbidFragments(calls, descriptor, four);
      if (!four) {
        check(
            calls,
            calls.setsockopt(descriptor, SystemCalls.IPPROTO_IPV6, SystemCalls.IPV6_V6ONLY, 1));
      }
      if (shared) {
        check(calls, option(calls, descriptor, SystemCalls.SO_REUSEPORT, 1));
      }
      if (option(calls, descriptor, SystemCalls.SO_RCVBUFFORCE, receiveBufferOctets) < 0) {
        check(calls, option(calls, descriptor, SystemCalls.SO_RCVBUF, receiveBufferOctets));
      }
      MemorySegment address = address(endpoint);
      check(calls, calls.bind(descriptor, address));
      return new UdpSocket(calls, descriptor, boundPort(calls, descriptor, address));
    } catch (IOException e) {
      calls.close(descriptor);
      throw e;
    }
  }

  /** Lets other sockets of this process take the same address from now on (SO_REUSEPORT). */
  public void share() throws IOException {
    check(calls, option(calls, descriptor, SystemCalls.SO_REUSEPORT, 1));
  }

  /**
   * No answer is sent in fragments, or may be cut on its way: a forger could replace one of them,
   * and by the system's own choice anybody who sends an ICMP message has answers cut (RFC 9715
   * section 3.1, R2). No answer is longer than what every path takes whole, but for some tunnels.
   * Besides, the system need not find an identification for each. One that only looks like Linux
   * may not know the option; answering matters more.
   */
  private static void forbidFragments(SystemCalls calls, int descriptor, boolean four) {
    int _ =
        calls.setsockopt(
            descriptor,
            four ? SystemCalls.IPPROTO_IP : SystemCalls.IPPROTO_IPV6,
            four ? SystemCalls.IP_MTU_DISCOVER : SystemCalls.IPV6_MTU_DISCOVER,
            SystemCalls.PMTUDISC_PROBE);
  }

  private static int option(SystemCalls calls, int descriptor, int option, int value) {
    return calls.setsockopt(descriptor, SystemCalls.SOL_SOCKET, option, value);
  }

  /** A struct sockaddr_in or sockaddr_in6. */
  private static MemorySegment address(Endpoint endpoint) {
    byte[] octets = endpoint.address().getAddress();
    boolean four = octets.length == 4;
    ByteBuffer buffer = ByteBuffer.allocateDirect(four ? IPV4_OCTETS : IPV6_OCTETS);
    buffer.order(ByteOrder.nativeOrder());
    buffer.putShort(0, (short) (four ? SystemCalls.AF_INET : SystemCalls.AF_INET6));
    buffer.put(2, (byte) (endpoint.port() >>> 8)).put(3, (byte) endpoint.port());
    buffer.put(four ? 4 : 8, octets);
    if (endpoint.address() instanceof java.net.Inet6Address six) {
      buffer.putInt(24, six.getScopeId());
    }
    return MemorySegment.ofBuffer(buffer);
  }

  private static int boundPort(SystemCalls calls, int descriptor, MemorySegment address)
      throws IOException {
    MemorySegment length = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(Integer.BYTES));
    length.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) address.byteSize());
    check(calls, calls.getsockname(descriptor, address, length));
    int high = address.get(ValueLayout.JAVA_BYTE, 2) & 0xff;
    return high << 8 | (address.get(ValueLayout.JAVA_BYTE, 3) & 0xff);
  }

  private static void check(SystemCalls calls, int result) throws IOException {
    if (result < 0) {
      throw new BindException(reason(calls.errno()));
    }
  }

  private static String reason(int errno) {
    return switch (errno) {
      case EACCES -> "Permission denied";
      case EADDRINUSE -> "Address already in use";
      case EADDRNOTAVAIL -> "Cannot assign requested address";
      default -> "error " + errno + " of the system (errno)";
    };
  }

  /** The port that it is bound to. */
  public int port() {
    return port;
  }

  /**
   * Waits for a message and takes all that are there, as far as the batch has room. What the batch
   * held before is gone.
   *
   * @return how many came; 0 if the wait was interrupted or the socket stopped; -1 for an error
   */
  public int receive(MessageBatch batch) {
    int count = calls.receive(descriptor, batch.receivedHeaders(), batch.size());
    if (count >= 0) {
      return count;
    }
    int errno = calls.errno();
    return errno == EINTR || errno == EAGAIN ? 0 : -1;
  }

  /**
   * Sends the batch's answers. One that the system does not take is left out.
   *
   * @param received how many messages the batch had received
   * @return how many were left out
   */
  public int send(MessageBatch batch, int received) {
    int lost = 0;
    while (batch.answers() > 0) {
      int sent = calls.send(descriptor, batch.sentHeaders(), batch.answers());
      if (sent == batch.answers()) {
        break;
      }
      if (sent < 0 && calls.errno() != EINTR) {
        lost++;
        sent = 1;
      }
      batch.dropAnswers(Math.max(0, sent));
    }
    batch.clear(received);
    return lost;
  }

  /**
   * Sends one message, apart from any batch; from any thread.
   *
   * @param sender as {@link MessageBatch#sender} gave it
   * @throws IOException if the system does not take it, or the socket is closed
   */
  public synchronized void sendTo(byte[] message, byte[] sender) throws IOException {
    if (closed) {
      throw new SocketException("closed");
    }
    SystemCalls own = new SystemCalls();
    if (own.sendTo(descriptor, direct(message), direct(sender)) < 0) {
      throw new SocketException(reason(own.errno()));
    }
  }

  private static MemorySegment direct(byte[] octets) {
    return MemorySegment.ofBuffer(ByteBuffer.allocateDirect(octets.length).put(octets).flip());
  }

  /** Ends a wait in {@link #receive} and all later ones; from any thread. */
  public void stop() {
    new SystemCalls().shutdown(descriptor);
  }

  /** Frees the port. Only when no thread is in {@link #receive} any more. */
  @Override
  public synchronized void close() {
    closed = true; // the system may give the same descriptor to somebody else
    calls.close(descriptor);
  }
}
