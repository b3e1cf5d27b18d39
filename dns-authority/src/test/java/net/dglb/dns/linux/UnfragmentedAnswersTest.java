package net.dglb.dns.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;

/** What the system was told about the sockets that answer: no fragments, whatever anybody says. */
class UnfragmentedAnswersTest {

  /** "Set DF but ignore Path MTU" (ip(7)). */
  private static final int PROBE = 3;

  @Test
  void ipv4AnswersCannotBeFragmentedOnTheirWay() throws Throwable {
    assumeTrue(NativeAccess.isAvailable(), NativeAccess.obstacle());
    try (UdpSocket socket = UdpSocket.bind(Endpoint.parse("127.0.0.1:0"), false, 4096)) {
      int descriptor = descriptor("/proc/net/udp", socket.port());
      assertThat(option(descriptor, SystemCalls.IPPROTO_IP, SystemCalls.IP_MTU_DISCOVER))
          .isEqualTo(PROBE);
    }
  }

  @Test
  void ipv6AnswersAreNotFragmentedByForgedMessagesAboutThePath() throws Throwable {
    assumeTrue(NativeAccess.isAvailable(), NativeAccess.obstacle());
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
    try (UdpSocket socket = UdpSocket.bind(Endpoint.parse("[::1]:0"), false, 4096)) {
      int descriptor = descriptor("/proc/net/udp6", socket.port());
      assertThat(option(descriptor, SystemCalls.IPPROTO_IPV6, SystemCalls.IPV6_MTU_DISCOVER))
          .isEqualTo(PROBE);
    }
  }

  /** The system's table says which inode has the port, and each descriptor its inode. */
  private static int descriptor(String table, int port) throws IOException {
    String local = ":%04X".formatted(port);
    String inode =
        Files.readAllLines(Path.of(table)).stream()
            .map(line -> line.strip().split(" +"))
            .filter(columns -> columns.length > 9 && columns[1].endsWith(local))
            .map(columns -> columns[9])
            .findFirst()
            .orElseThrow(() -> new AssertionError("no socket at port " + port + " in " + table));
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (isLinkTo(descriptor, "socket:[" + inode + "]")) {
          return Integer.parseInt(descriptor.getFileName().toString());
        }
      }
    }
    throw new AssertionError("no descriptor of inode " + inode);
  }

  private static boolean isLinkTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @SuppressWarnings("restricted") // as main code, where NativeAccess says that it may
  private static int option(int descriptor, int level, int option) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle getsockopt =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getsockopt"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, Integer.BYTES);
      int result = (int) getsockopt.invokeExact(descriptor, level, option, value, length);
      assertThat(result).as("getsockopt").isZero();
      return value.get(JAVA_INT, 0);
    }
  }
}
