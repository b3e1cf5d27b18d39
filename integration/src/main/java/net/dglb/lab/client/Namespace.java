package net.dglb.lab.client;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Private network namespaces, made and entered without root by the tools of Linux: {@code unshare},
 * {@code nsenter} and {@code ip}.
 */
public final class Namespace {

  private Namespace() {}

  /**
   * The words before a command that run it in a new namespace, as that namespace's root, with the
   * loopback interface up. Java looks for IPv6 only once, when it starts: so addresses come first.
   *
   * @param addresses a file that {@link #writeAddresses} wrote
   */
  public static List<String> newOne(Path addresses) {
    return List.of(
        "unshare",
        "--user",
        "--map-root-user",
        "--net",
        "--",
        "sh",
        "-c",
        "PATH=$PATH:/usr/sbin:/sbin; ip -batch \"$0\" && exec \"$@\"",
        addresses.toString());
  }

  /** The words before a command that run it in the namespace of a process. */
  public static List<String> of(long pid) {
    return List.of("nsenter", "-t", Long.toString(pid), "-U", "-n", "--preserve-credentials", "--");
  }

  /** Whether this process is in the network namespace of that one. */
  public static boolean isIn(long pid) {
    try {
      Path mine = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      return mine.equals(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Checks that the tools are there.
   *
   * @throws IOException if one is missing; the message says what to install
   */
  public static void requireTools() throws IOException {
    for (String tool : List.of("unshare", "nsenter", "ip")) {
      if (!isOnPath(tool)) {
        throw new IOException(
            "the program "
                + tool
                + " is missing, and a namespace needs it (Debian: apt install util-linux iproute2);"
                + " without --namespace the lab needs nothing");
      }
    }
  }

  private static boolean isOnPath(String tool) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /** Writes what {@code ip} is to do in a new namespace. */
  public static void writeAddresses(Path file, Collection<InetAddress> addresses)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("link set lo up");
    for (InetAddress address : addresses) {
      int bits = address.getAddress().length * Byte.SIZE;
      String noDetection = bits == 128 ? " nodad" : "";
      lines.add(
          "address add %s/%d dev lo%s".formatted(address.getHostAddress(), bits, noDetection));
    }
    Files.write(file, lines);
  }
}
