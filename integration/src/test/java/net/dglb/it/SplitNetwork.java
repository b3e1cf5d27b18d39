package net.dglb.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/**
 * A network namespace for each of several nodes, joined by a bridge whose cables can be pulled. All
 * in a user namespace of its own, so that nobody needs to be root and nothing outlives it.
 */
final class SplitNetwork implements AutoCloseable {

  private static final String SETUP = "ip link add bridge type bridge && ip link set bridge up";

  private final Process middle;
  private final Map<String, Process> nodes = new LinkedHashMap<>();

  /**
   * Makes it.
   *
   * @param network the first three numbers of the nodes' addresses: each has two, as {@link
   *     BackboneProcesses} says
   */
  SplitNetwork(String network, List<String> ids) {
    middle =
        start(List.of("unshare", "-Urn", "sh", "-c", "%s && exec sleep infinity".formatted(SETUP)));
    await(() -> ip(middle, "link", "show", "dev", "bridge").exitCode() == 0);
    for (String id : ids) {
      List<String> command = new ArrayList<>(inside(middle));
      command.addAll(List.of("unshare", "-n", "sleep", "infinity"));
      Process node = start(command);
      nodes.put(id, node);
      await(() -> isApart(node));
      plug(id, node, network);
    }
  }

  private void plug(String id, Process node, String network) {
    String number = id.substring(1);
    must(ip(middle, "link", "add", id, "type", "veth", "peer", "name", "eth0", "netns", pid(node)));
    must(ip(middle, "link", "set", id, "master", "bridge", "up"));
    must(ip(node, "link", "set", "lo", "up"));
    for (String address : List.of(number, "1" + number)) {
      must(ip(node, "address", "add", network + "." + address + "/24", "dev", "eth0"));
    }
    must(ip(node, "link", "set", "eth0", "up"));
  }

  /** The words before a command that run it where this node is. */
  List<String> at(String id) {
    return inside(Objects.requireNonNull(nodes.get(id), id));
  }

  /** Pulls a node's cable. */
  void cut(String id) {
    must(ip(middle, "link", "set", id, "down"));
  }

  /** Plugs it in again. */
  void heal(String id) {
    must(ip(middle, "link", "set", id, "up"));
  }

  private static List<String> inside(Process process) {
    return List.of("nsenter", "-t", pid(process), "-U", "-n", "--preserve-credentials", "--");
  }

  private static String pid(Process process) {
    return Long.toString(process.pid());
  }

  /** Whether a process that was put into the middle has left it for a namespace of its own. */
  private boolean isApart(Process node) {
    return !ip(node, "link", "show", "dev", "bridge").output().contains("mtu");
  }

  private static Tool.Result ip(Process where, String... arguments) {
    List<String> command = new ArrayList<>(inside(where));
    command.add("ip");
    command.addAll(List.of(arguments));
    return Tool.run(command, 10);
  }

  private static void must(Tool.Result result) {
    result.expectSuccess("ip");
  }

  private void await(java.util.function.BooleanSupplier made) {
    Awaitility.await("a namespace")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          if (!middle.isAlive()) {
            fail("the middle of the network ended");
          }
          return made.getAsBoolean();
        });
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(Process::destroyForcibly);
    middle.destroyForcibly();
  }
}
