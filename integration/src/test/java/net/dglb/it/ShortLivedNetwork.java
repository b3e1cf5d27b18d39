package net.dglb.it;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.dglb.authority.AuthorityNode;
import net.dglb.backbone.BackboneNode;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyState;
import net.dglb.dns.keys.KeyText;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.lb.LoadBalancerNode;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Node;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * A signed network from the root down in this process, whose records nobody keeps for longer than
 * three seconds: an authority with the root and an enterprise's zone, a backbone node and a load
 * balancer.
 */
final class ShortLivedNetwork implements AutoCloseable {

  private static final Duration DAY = Duration.ofDays(1);
  private static final DomainName OWN = DomainName.of("foobar.test");
  private static final String ROLLS = "dnssec { key-ttl = 2s, parent-ttl = 3s, propagation = 1s }";

  private final Path folder;
  private final Map<NodeRole, Node> nodes = new EnumMap<>(NodeRole.class);
  private final Map<NodeRole, Endpoint> dns = new EnumMap<>(NodeRole.class);
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer site;
  private final Endpoint mapping = OwnEndpoint.next();
  private final SigningKey rootKey;
  private final Map<String, String> dsAtRoot = new TreeMap<>();
  private int rootSerial;

  ShortLivedNetwork(Path folder) throws Exception {
    this.folder = folder;
    site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    site.start();
    rootKey = key(DomainName.ROOT, "root");
    dsAtRoot.put(OWN.toString(), ds(OWN, key(OWN, OWN.toString())));
    writeFiles();
    NetworkAuthority authority = NetworkAuthority.create(folder, "test", DAY, Instant.now());
    Secret.create(folder.resolve("map.key"));
    for (NodeRole role : List.of(NodeRole.BACKBONE, NodeRole.AUTHORITY, NodeRole.LOAD_BALANCER)) {
      authority.issue(new PeerIdentity(role, id(role)), List.of(), DAY, Instant.now(), folder);
      start(role);
    }
  }

  /** A zone's key, in use, among the authority's. */
  private SigningKey key(DomainName zone, String file) throws IOException {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    ZoneKey inUse = new ZoneKey(key, new KeyState.Active(Instant.now()));
    Path keys = Files.createDirectories(folder.resolve("state-authority").resolve("keys"));
    Files.writeString(
        keys.resolve(file + ".keys"), KeyText.write(zone, new KeyChain(List.of(inUse))));
    return key;
  }

  private static String ds(DomainName zone, SigningKey key) {
    byte[] data = key.ds(zone);
    return "%d %d 2 %s"
        .formatted(
            key.tag(), key.algorithm().number(), HexFormat.of().formatHex(data, 4, data.length));
  }

  private void writeFiles() throws IOException {
    writeRoot();
    Files.writeString(
        folder.resolve("foobar.zone"),
        """
        $TTL 2
        @ SOA ns hostmaster 1 60 60 600 2
        @ NS ns
        @ TXT "an enterprise"
        ns A 127.0.0.1
        """);
    register("lb.foobar.test", "aliased", "www.lb.foobar.test", "aliases = [www.foobar.test]");
    register("shop.foobar.test", "delegated", "shop.foobar.test", "mode = direct");
  }

  private void writeRoot() throws IOException {
    rootSerial++;
    Path written =
        Files.writeString(
            folder.resolve("root.new"),
            """
            $TTL 2
            @ SOA ns.test. hostmaster.test. %d 60 60 600 2
            @ NS ns.test.
            ns.test. A 127.0.0.1
            foobar.test. NS ns.foobar.test.
            ns.foobar.test. A 127.0.0.1
            dglb.test. NS b1.dglb.test.
            b1.dglb.test. A 127.0.0.1
            %s
            """
                .formatted(
                    rootSerial,
                    dsAtRoot.entrySet().stream()
                        .map(it -> it.getKey() + ". DS " + it.getValue())
                        .collect(Collectors.joining("\n"))));
    Files.move(
        written,
        folder.resolve("root.zone"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private void register(String zone, String form, String service, String lines) throws IOException {
    Files.writeString(
        folder.resolve(zone + ".conf"),
        """
        registration {
          version = 1, enterprise = foobar, zone = %s, form = %s, dnssec = true
          services {
            "%s" {
              %s
              answers { https { alpn = [h2] } }
              check { kind = http, port = %d, path = "/", interval = 1s, timeout = 500ms }
              ttl { delegation = 3s, referral = 3s, answer = 2s }
              sites { here { addresses = ["127.0.0.1"], latitude = 40.7, longitude = -74 } }
            }
          }
        }
        """
            .formatted(zone, form, service, lines, site.getAddress().getPort()));
  }

  private void start(NodeRole role) throws Exception {
    dns.put(role, OwnEndpoint.next());
    Path file = folder.resolve(role.word() + ".conf");
    Files.writeString(file, common(role) + config(role));
    Node node =
        switch (role) {
          case AUTHORITY -> AuthorityNode.open(file);
          case BACKBONE -> BackboneNode.open(file);
          default -> LoadBalancerNode.open(file);
        };
    nodes.put(role, node);
    node.start();
  }

  private static String id(NodeRole role) {
    return switch (role) {
      case AUTHORITY -> "foobar";
      case BACKBONE -> "b1";
      default -> "lb-nyc";
    };
  }

  private String common(NodeRole role) {
    return """
    node { id = %2$s, state = state-%1$s, admin = "%3$s:8053", watch-interval = 100ms }
    identity {
      certificate = %1$s-%2$s.pem, key = %1$s-%2$s-key.pem, authority = authority.pem
    }
    """
        .formatted(role.word(), id(role), dns(role).address().getHostAddress());
  }

  private String config(NodeRole role) {
    Endpoint listen = dns(role);
    return switch (role) {
      case AUTHORITY ->
          """
          dns.listen = ["%s"]
          zones = [
            { origin = ".", file = root.zone, dnssec {} }
            { origin = foobar.test, file = foobar.zone, %s }
          ]
          registrations = [ lb.foobar.test.conf, shop.foobar.test.conf ]
          backbone.nodes = ["%s"]
          """
              .formatted(listen, ROLLS, mapping);
      case BACKBONE ->
          """
          dns {
            listen = ["%s"], addresses = ["127.0.0.1"], label-listen = ["127.0.0.2:0"]
            infrastructure-zone = dglb.test, zone-ttl = 2s
          }
          dnssec { parent-ttl = 3s, propagation = 1s }
          mapping.listen = ["%s"]
          cluster.enabled = false
          map.key = map.key
          grants {
            load-balancers.lb-nyc { resolvers = ["127.0.0.0/8"] }
            authorities.foobar.zones = ["foobar.test"]
          }
          labels { check-interval = 2s, duty-retry = 1s }
          """
              .formatted(listen, mapping);
      default ->
          """
          dns.listen = ["%s"]
          announce.location { latitude = 40.4, longitude = -3.7 }
          announce.leave-at-most = 0s
          resolvers.prefixes = ["127.0.0.0/8"]
          backbone.nodes = ["%s"]
          dnssec { key-ttl = 2s, propagation = 1s }
          """
              .formatted(listen, mapping);
    };
  }

  private Endpoint dns(NodeRole role) {
    return Objects.requireNonNull(dns.get(role));
  }

  /** As both resolvers are told it. */
  private String server(NodeRole role) {
    return dns(role).address().getHostAddress() + "@" + dns(role).port();
  }

  /** What a resolver needs to know: the root's key, and where each zone is answered. */
  LoopbackResolver.Zones zones() {
    String authority = server(NodeRole.AUTHORITY);
    String backbone = server(NodeRole.BACKBONE);
    return new LoopbackResolver.Zones(
        ds(DomainName.ROOT, rootKey),
        Map.of(
            ".", authority,
            "foobar.test", authority,
            "dglb.test", backbone,
            "lb.foobar.test", backbone,
            "shop.foobar.test", backbone,
            "lb-nyc.www.lb.foobar.test", server(NodeRole.LOAD_BALANCER)));
  }

  /** Has the root point at this key of a zone, and no other. */
  void putAtRoot(String zone, String ds) {
    if (!ds.equals(dsAtRoot.put(zone, ds))) {
      try {
        writeRoot();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What the authority itself answers. */
  Message askAuthority(String name, String type) {
    try {
      SimpleResolver authority = new SimpleResolver(dns(NodeRole.AUTHORITY).toSocketAddress());
      return authority.send(
          Message.newQuery(
              Record.newRecord(Name.fromString(name + "."), Type.value(type), DClass.IN)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject get(NodeRole role, String path) {
    return send(role, path, HttpRequest.newBuilder().GET());
  }

  void post(NodeRole role, String path, JsonObject body) {
    var _ =
        send(
            role,
            path,
            HttpRequest.newBuilder()
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  private JsonObject send(NodeRole role, String path, HttpRequest.Builder request) {
    try {
      URI uri = URI.create("http://" + dns(role).address().getHostAddress() + ":8053" + path);
      HttpResponse<String> answer =
          http.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(role + " " + path + ": " + answer.body());
      }
      return new JsonObject(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
    site.stop(0);
    http.close();
  }
}
