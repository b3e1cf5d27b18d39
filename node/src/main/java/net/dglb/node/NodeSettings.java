package net.dglb.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.dglb.config.ConfigSection;
import net.dglb.identity.IdentityCheck;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NodeId;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;

/**
 * What all nodes are told; {@code node-reference.conf} documents the keys.
 *
 * @param id the node's name in the network, a {@link NodeId}
 * @param state the folder of its durable state
 * @param admin where its admin API listens
 * @param adminCallsPerSecond how many calls of it one caller may make, see {@link AdminSettings}
 * @param identity its certificate; a node without one takes part in nothing and its admin API stays
 *     on loopback
 * @param operators the identities that may change something through an admin API that is not on
 *     loopback; on loopback everybody may
 * @param logLevel what is logged
 * @param watchInterval how often the files that it reads are looked at
 */
public record NodeSettings(
    String id,
    Path state,
    Endpoint admin,
    int adminCallsPerSecond,
    Optional<IdentityFiles> identity,
    Set<String> operators,
    LogLevel logLevel,
    Duration watchInterval) {

  private static final int MOST_CALLS = 1_000_000;
  private static final Duration SHORTEST_WATCH = Duration.ofMillis(10);
  private static final Duration LONGEST_WATCH = Duration.ofHours(1);

  /** Copies the set. */
  public NodeSettings {
    operators = Set.copyOf(operators);
  }

  /** Reads the shared keys from the root of a configuration for a node of this role. */
  public static NodeSettings read(ConfigSection root, NodeRole role) {
    String id = id(root);
    return new NodeSettings(
        id,
        root.path("node.state"),
        admin(root),
        root.integer("node.admin-calls-per-second", 1, MOST_CALLS),
        identity(root, role, id),
        operators(root),
        root.oneOf("log.level", LogLevel.class),
        root.duration("node.watch-interval", SHORTEST_WATCH, LONGEST_WATCH));
  }

  private static String id(ConfigSection root) {
    String id = root.string("node.id");
    try {
      return NodeId.check(id);
    } catch (IllegalArgumentException e) {
      if (!id.isEmpty()) {
        root.problem("node.id", "value: " + id + " (expected: " + NodeId.RULE + ")");
      }
      return id;
    }
  }

  private static Endpoint admin(ConfigSection root) {
    Endpoint admin = root.endpoint("node.admin");
    if (!admin.address().isLoopbackAddress() && !root.has("identity")) {
      root.problem(
          "node.admin",
          "value: "
              + admin
              + " (expected: a loopback address, or an identity section for TLS with certificates"
              + " of the network)");
    }
    return admin;
  }

  private static Set<String> operators(ConfigSection root) {
    Set<String> operators = new HashSet<>();
    for (String text : root.strings("node.operators")) {
      if (PeerIdentity.parse(text).isEmpty()) {
        root.problem(
            "node.operators",
            "value: " + text + " (expected: an identity such as dglb://backbone/b1)");
      }
      operators.add(text);
    }
    return operators;
  }

  private static Optional<IdentityFiles> identity(ConfigSection root, NodeRole role, String id) {
    return root.optionalSection("identity").map(section -> identityFiles(section, role, id));
  }

  private static IdentityFiles identityFiles(ConfigSection section, NodeRole role, String id) {
    IdentityFiles files =
        new IdentityFiles(
            section.readableFile("certificate"),
            section.readableFile("key"),
            section.readableFile("authority"));
    IdentityCheck check = new IdentityCheck(files, role, id);
    section.onCheck("certificate", check::certificate);
    section.onCheck("key", _ -> check.key());
    section.onCheck("authority", check::authority);
    return files;
  }
}
