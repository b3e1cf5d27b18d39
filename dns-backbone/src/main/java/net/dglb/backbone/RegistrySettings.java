package net.dglb.backbone;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.dglb.backbone.registry.log.LogSettings;
import net.dglb.config.ConfigSection;
import net.dglb.net.Endpoint;
import net.dglb.node.NodeSettings;

/**
 * Where registrations are agreed on, and the rules for them.
 *
 * @param log this node's part in the consensus log
 * @param quarantine for how long nobody else may have a removed zone
 * @param signedFiles the folder of registrations that enterprises signed, if there is one
 * @param delegationCheck how often each enterprise's own zone is looked at
 * @param resolvers who is asked for challenges and for what enterprises' own zones hold; the
 *     system's own if there are none
 */
public record RegistrySettings(
    LogSettings log,
    Duration quarantine,
    Optional<Path> signedFiles,
    Duration delegationCheck,
    List<Endpoint> resolvers) {

  private static final String FOLDER = "registry";
  private static final Duration SHORTEST_ELECTION = Duration.ofMillis(100);
  private static final Duration LONGEST_ELECTION = Duration.ofSeconds(30);

  private static final int PORT = 5801;

  /**
   * Reads the keys.
   *
   * @param own addresses at which others reach this node for other things
   */
  static RegistrySettings read(
      ConfigSection registry, NodeSettings node, Collection<Endpoint> own) {
    SortedMap<String, Endpoint> peers = new TreeMap<>();
    registry.children("peers").forEach((id, peer) -> peers.put(id, peer.endpoint("endpoint")));
    if (!peers.isEmpty() && !peers.containsKey(node.id())) {
      registry.problem(
          "peers", "value: " + peers.keySet() + " (expected: this node, " + node.id() + ", among)");
      peers.clear();
    }
    Optional<Endpoint> listen =
        registry.optionalEndpoint("listen").or(() -> Optional.ofNullable(peers.get(node.id())));
    boolean join = registry.bool("join");
    if (join && listen.isEmpty()) {
      registry.problem("listen", "missing (expected with join: where the others reach this node)");
      join = false;
    }
    Duration patience =
        registry.duration("patience", Duration.ofMillis(100), Duration.ofMinutes(1));
    Duration election = registry.duration("election-timeout", SHORTEST_ELECTION, LONGEST_ELECTION);
    Path folder = node.state().resolve(FOLDER);
    return new RegistrySettings(
        peers.isEmpty() && !join
            ? LogSettings.alone(node.id(), likely(own), folder, patience)
            : new LogSettings(node.id(), folder, listen, peers, join, patience, election),
        registry.duration("quarantine", Duration.ZERO, Duration.ofDays(3650)),
        registry.has("signed-files")
            ? Optional.of(registry.path("signed-files"))
            : Optional.empty(),
        registry.duration("delegation-check", Duration.ofSeconds(10), Duration.ofDays(365)),
        registry.endpoints("resolvers"));
  }

  /** Where a node that decides alone would be reached if it were given company later. */
  private static Endpoint likely(Collection<Endpoint> own) {
    InetAddress address =
        own.stream().map(Endpoint::address).findFirst().orElse(InetAddress.getLoopbackAddress());
    return new Endpoint(address, PORT);
  }
}
