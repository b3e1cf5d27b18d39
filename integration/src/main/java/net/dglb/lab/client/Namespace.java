package net.dglb.lab.client;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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

  /** The words before a command that run it in a new namespace, as that namespace's root. */
  public static List<String> newOne() {
    return List.of("unshare", "--user", "--map-root-user", "--net", "--");
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

  /**
   * Brings the loopback interface of this process's namespace up and gives it addresses.
   *
   * @throws IOException if that fails, with what {@code ip} said
   */
  public static void addAddresses(Collection<InetAddress> addresses)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    lines.add("link set lo up");
    for (InetAddress address : addresses) {
      int bits = address.getAddress().length * Byte.SIZE;
      String noDetection = bits == 128 ? " nodad" : "";
      lines.add(
          "address add %s/%d dev lo%s".formatted(address.getHostAddress(), bits, noDetection));
    }
    Process ip = new ProcessBuilder("ip", "-batch", "-").redirectErrorStream(true).start();
    try (var in = ip.outputWriter(StandardCharsets.US_ASCII)) {
      in.write(String.join("\n", lines) + "\n");
    }
    String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (ip.waitFor() != 0) {
      throw new IOException("the namespace's addresses could not be set: " + said.strip());
    }
  }
}
