package net.dglb.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.dglb.authority.AuthorityNode;
import net.dglb.backbone.BackboneNode;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.it.OwnEndpoint;
import net.dglb.lb.LoadBalancerNode;
import net.dglb.net.Endpoint;
import net.dglb.node.Node;

/** One node of each kind in this process, each on its own: what it shows without any other. */
final class RunningNodes implements AutoCloseable {

  private static final Duration DAY = Duration.ofDays(1);
  private final Path folder;
  private final Map<NodeRole, Node> nodes = new LinkedHashMap<>();
  private final Map<NodeRole, Endpoint> admin = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts them. */
  RunningNodes(Path folder) throws Exception {
    this.folder = folder;
    NetworkAuthority authority = NetworkAuthority.create(folder, "test", DAY, Instant.now());
    Secret.create(folder.resolve("map.key"));
    Files.writeString(
        folder.resolve("foobar.zone"),
        "$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n");
    for (NodeRole role : List.of(NodeRole.AUTHORITY, NodeRole.BACKBONE, NodeRole.LOAD_BALANCER)) {
      authority.issue(new PeerIdentity(role, "n1"), List.of(), DAY, Instant.now(), folder);
      start(role);
    }
  }

  private void start(NodeRole role) throws Exception {
    Endpoint own = OwnEndpoint.next();
    Path file = folder.resolve(role.word() + ".conf");
    Files.writeString(file, common(role, own) + config(role, own.address().getHostAddress()));
    Node node =
        switch (role) {
          case AUTHORITY -> AuthorityNode.open(file);
          case BACKBONE -> BackboneNode.open(file);
          default -> LoadBalancerNode.open(file);
        };
    nodes.put(role, node);
    admin.put(role, own);
    node.start();
  }

  private static String common(NodeRole role, Endpoint admin) {
    return """
    node { id = n1, state = state-%1$s, admin = "%2$s", watch-interval = 100ms }
    identity {
      certificate = %1$s-n1.pem, key = %1$s-n1-key.pem, authority = authority.pem
    }
    """
        .formatted(role.word(), admin);
  }

  private static String config(NodeRole role, String address) {
    return switch (role) {
      case AUTHORITY ->
          """
          dns.listen = ["%s:0"]
          zones = [ { origin = foobar.test, file = foobar.zone } ]
          """
              .formatted(address);
      case BACKBONE ->
          """
          dns {
            listen = ["%s:0"], label-listen = ["%s:0"], infrastructure-zone = dglb.test
          }
          mapping.listen = ["127.0.0.1:0"]
          cluster.enabled = false
          map.key = map.key
          """
              .formatted(address, OwnEndpoint.next().address().getHostAddress());
      default ->
          """
          dns.listen = ["%s:0"]
          announce.location { latitude = 40.4, longitude = -3.7 }
          resolvers.prefixes = ["192.0.2.0/24"]
          backbone.nodes = ["127.0.0.1:9"]
          """
              .formatted(address);
    };
  }

  /** What a node's admin API answers. */
  HttpResponse<String> get(NodeRole role, String path, String accept) throws Exception {
    URI uri = URI.create("http://" + admin.get(role) + path);
    return http.send(
        HttpRequest.newBuilder(uri).header("accept", accept).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  Node node(NodeRole role) {
    return Objects.requireNonNull(nodes.get(role));
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
    http.close();
  }
}
