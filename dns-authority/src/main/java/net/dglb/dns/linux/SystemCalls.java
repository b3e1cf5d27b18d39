package net.dglb.dns.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The functions of the C library that a UDP socket needs (socket(7), recvmmsg(2), sendmmsg(2)).
 * Each returns what C returns; after -1 the reason is {@link #errno}. One per socket: the memory
 * for errno is its own, and so is the thread that calls {@link #receive} and {@link #send}.
 */
final class SystemCalls {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_RCVBUFFORCE = 33;
  static final int IPPROTO_IP = 0;
  static final int IP_MTU_DISCOVER = 10;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_MTU_DISCOVER = 23;

  /** The value of both: sends no fragments, and believes nobody about the path's MTU. */
  static final int PMTUDISC_PROBE = 3;

  static final int SHUT_RDWR = 2;

  /** Waits for the first message, then takes those that are there. */
  static final int MSG_WAITFORONE = 0x10000;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  // Constants, so that the compiler sees through the handles: a call must cost no allocation.
  private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = function("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      function("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SHUTDOWN = function("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT);
  private static final MethodHandle RECVMMSG =
      function("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SENDMMSG =
      function("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  // Taking errno along costs an object per call wherever the compiler does not see through it. Of
  // the two calls that every batch makes, only one that failed is made again with it.
  private static final MethodHandle RECVMMSG_BARE =
      bare("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SENDMMSG_BARE =
      bare("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  private static final MethodHandle SENDTO =
      returning(JAVA_LONG, "sendto", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

  private final MemorySegment state =
      MemorySegment.ofBuffer(ByteBuffer.allocateDirect((int) STATE.byteSize()));

  private static MethodHandle function(String name, ValueLayout... parameters) {
    return returning(JAVA_INT, name, parameters);
  }

  private static MethodHandle returning(
      ValueLayout result, String name, ValueLayout... parameters) {
    return handle(
        name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
  }

  /** Without errno. */
  private static MethodHandle bare(String name, ValueLayout... parameters) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  @SuppressWarnings("restricted") // NativeAccess tells beforehand whether it is allowed
  private static MethodHandle handle(
      String name, FunctionDescriptor types, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
  }

  /** Why the last call failed; valid directly after a call that returned -1. */
  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  int socket(int family) {
    try {
      return (int) SOCKET.invokeExact(state, family, SOCK_DGRAM_CLOEXEC, 0);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  int bind(int socket, MemorySegment address) {
    try {
      return (int) BIND.invokeExact(state, socket, address, (int) address.byteSize());
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** The length is an in and out parameter of 4 octets. */
  int getsockname(int socket, MemorySegment address, MemorySegment length) {
    try {
      return (int) GETSOCKNAME.invokeExact(state, socket, address, length);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  int setsockopt(int socket, int level, int option, int value) {
    MemorySegment word = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(Integer.BYTES));
    word.set(JAVA_INT, 0, value);
    try {
      return (int) SETSOCKOPT.invokeExact(state, socket, level, option, word, Integer.BYTES);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Wakes whoever waits in {@link #receive}, although a UDP socket has no connection to end. */
  void shutdown(int socket) {
    try {
      int ignored = (int) SHUTDOWN.invokeExact(state, socket, SHUT_RDWR);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  int close(int socket) {
    try {
      return (int) CLOSE.invokeExact(state, socket);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** A call that fails is made twice, and {@link #errno} is of the second. */
  int receive(int socket, MemorySegment headers, int count) {
    try {
      int received =
          (int)
              RECVMMSG_BARE.invokeExact(socket, headers, count, MSG_WAITFORONE, MemorySegment.NULL);
      return received >= 0
          ? received
          : (int)
              RECVMMSG.invokeExact(
                  state, socket, headers, count, MSG_WAITFORONE, MemorySegment.NULL);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** A call that fails is made twice, and {@link #errno} is of the second. */
  int send(int socket, MemorySegment headers, int count) {
    try {
      int sent = (int) SENDMMSG_BARE.invokeExact(socket, headers, count, 0);
      return sent >= 0 ? sent : (int) SENDMMSG.invokeExact(state, socket, headers, count, 0);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  long sendTo(int socket, MemorySegment message, MemorySegment address) {
    try {
      return (long)
          SENDTO.invokeExact(
              state, socket, message, message.byteSize(), 0, address, (int) address.byteSize());
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  private static AssertionError impossible(Throwable t) {
    return new AssertionError("a C function was declared with other types than it is called", t);
  }
}
