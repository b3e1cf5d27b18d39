package net.dglb.backbone;

import java.time.Duration;
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
 * @param resolvers who is asked for challenges; the system's own if there are none
 */
public record RegistrySettings(LogSettings log, Duration quarantine, List<Endpoint> resolvers) {

  private static final String FOLDER = "registry";
  private static final Duration LONGEST_ELECTION = Duration.ofSeconds(30);

  static RegistrySettings read(ConfigSection registry, NodeSettings node) {
    SortedMap<String, Endpoint> peers = new TreeMap<>();
    registry.children("peers").forEach((id, peer) -> peers.put(id, peer.endpoint("endpoint")));
    if (!peers.isEmpty() && !peers.containsKey(node.id())) {
      registry.problem(
          "peers", "value: " + peers.keySet() + " (expected: this node, " + node.id() + ", among)");
      peers.clear();
    }
    Optional<Endpoint> listen =
        registry.optionalEndpoint("listen").or(() -> Optional.ofNullable(peers.get(node.id())));
    return new RegistrySettings(
        new LogSettings(
            node.id(),
            node.state().resolve(FOLDER),
            peers.isEmpty() ? Optional.empty() : listen,
            peers,
            registry.duration("patience", Duration.ofMillis(100), Duration.ofMinutes(1)),
            registry.duration("election-timeout", Duration.ofMillis(100), LONGEST_ELECTION)),
        registry.duration("quarantine", Duration.ZERO, Duration.ofDays(3650)),
        registry.endpoints("resolvers"));
  }
}
