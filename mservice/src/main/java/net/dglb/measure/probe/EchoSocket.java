package net.dglb.measure.probe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An unprivileged ICMP socket of Linux (icmp(7)), which the JDK does not offer. The kernel fills in
 * the identifier and the checksum and passes only answers to this socket's own echo requests on.
 * Used by one thread; a call waits in the C library.
 */
final class EchoSocket implements AutoCloseable {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;

  private static final int EPERM = 1;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTUNREACH = 113;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfShort BIG_ENDIAN_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND = withAddress("bind");
  private static final MethodHandle CONNECT = withAddress("connect");
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND = transfer("send");
  private static final MethodHandle RECEIVE = transfer("recv");
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(STATE);
  private final int descriptor;

  private EchoSocket(boolean six) throws IOException {
    try {
      descriptor =
          (int)
              SOCKET.invokeExact(
                  state,
                  six ? AF_INET6 : AF_INET,
                  SOCK_DGRAM_CLOEXEC,
                  six ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
    } catch (Throwable t) {
      throw impossible(t);
    }
    if (descriptor < 0) {
      int errno = errno();
      arena.close();
      throw errno == EACCES || errno == EPERM
          ? new BindException(
              "this system does not allow ICMP sockets (expected a group of this process within"
                  + " net.ipv4.ping_group_range; for all groups: sysctl -w"
                  + " net.ipv4.ping_group_range=\"0 2147483647\")")
          : new BindException("no ICMP socket: errno " + errno);
    }
  }

  /**
   * Opens a socket towards an address.
   *
   * @throws BindException if this system or its configuration does not allow it
   */
  static EchoSocket open(InetAddress to, Optional<InetAddress> from) throws IOException {
    EchoSocket socket = new EchoSocket(!(to instanceof Inet4Address));
    try {
      if (from.isPresent()) {
        socket.call(BIND, from.get());
      }
      socket.call(CONNECT, to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void call(MethodHandle function, InetAddress address) throws IOException {
    MemorySegment name = address(address);
    try {
      require((int) function.invokeExact(state, descriptor, name, (int) name.byteSize()));
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** A sockaddr_in or sockaddr_in6, port 0. */
  private MemorySegment address(InetAddress address) {
    boolean six = !(address instanceof Inet4Address);
    MemorySegment name = arena.allocate(six ? 28 : 16, 8);
    name.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? AF_INET6 : AF_INET));
    MemorySegment.copy(
        MemorySegment.ofArray(address.getAddress()), 0, name, six ? 8 : 4, six ? 16 : 4);
    return name;
  }

  void send(byte[] message) throws IOException {
    MemorySegment octets = arena.allocate(message.length);
    MemorySegment.copy(MemorySegment.ofArray(message), 0, octets, 0, message.length);
    transfer(SEND, octets);
  }

  /**
   * Waits for a message.
   *
   * @throws InterruptedIOException if none comes in time
   */
  byte[] receive(long nanos) throws IOException {
    MemorySegment time = arena.allocate(16, 8);
    time.set(JAVA_LONG, 0, nanos / 1_000_000_000L);
    time.set(JAVA_LONG, 8, Math.max(1, nanos % 1_000_000_000L / 1_000));
    try {
      require((int) SETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, SO_RCVTIMEO, time, 16));
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
    MemorySegment octets = arena.allocate(1500);
    long length = transfer(RECEIVE, octets);
    return octets.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private long transfer(MethodHandle function, MemorySegment octets) throws IOException {
    try {
      return require((long) function.invokeExact(state, descriptor, octets, octets.byteSize(), 0));
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  private long require(long result) throws IOException {
    if (result >= 0) {
      return result;
    }
    int errno = errno();
    throw switch (errno) {
      case EAGAIN -> new InterruptedIOException("timeout");
      case EADDRNOTAVAIL -> new BindException("the local address is not one of this machine");
      case ECONNREFUSED -> new ConnectException("port unreachable");
      case EHOSTUNREACH -> new NoRouteToHostException("host unreachable");
      default -> new SocketException("network unreachable: errno " + errno);
    };
  }

  private int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  @Override
  public void close() {
    try {
      int ignored = (int) CLOSE.invokeExact(state, descriptor);
      assert ignored <= 0;
    } catch (Throwable t) {
      throw impossible(t);
    }
    arena.close();
  }

  /** An echo request for either family, with room for the kernel's checksum and identifier. */
  static byte[] request(boolean six, byte[] payload) {
    byte[] message = new byte[8 + payload.length];
    MemorySegment.ofArray(message).set(BIG_ENDIAN_SHORT, 6, (short) 1);
    message[0] = (byte) (six ? 128 : 8);
    System.arraycopy(payload, 0, message, 8, payload.length);
    return message;
  }

  private static MethodHandle withAddress(String name) {
    return function(name, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  private static MethodHandle transfer(String name) {
    return function(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  @SuppressWarnings("restricted") // the node's command line allows native access
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  private static IllegalStateException impossible(Throwable t) {
    return new IllegalStateException("a call of the C library failed", t);
  }
}
