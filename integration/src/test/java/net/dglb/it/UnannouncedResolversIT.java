package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.dglb.backbone.BackboneNode;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.lb.LoadBalancerNode;
import net.dglb.net.Location;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Resolvers that no load balancer announced, at a whole backbone node and whole load balancers: the
 * computed map, then locations from a file, then any that is healthy.
 */
class UnannouncedResolversIT {

  private static final String BACKBONE = "127.93.0.1";
  private static final int PORT = 5300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration VALIDITY = Duration.ofDays(1);

  /** Where the load balancers stand; resolvers are placed within a few degrees. */
  private static final Map<String, String> LOCATIONS =
      Map.of(
          "lb-rome", "latitude = 41.9, longitude = 12.5",
          "lb-tokyo", "latitude = 35.7, longitude = 139.7");

  private static final String IN_THE_MAP = "127.11.0.53";
  private static final String NEAR_TOKYO = "127.12.0.53";
  private static final String NEAR_ROME = "127.13.0.53";

  @TempDir Path folder;

  private final Map<String, LoadBalancerNode> loadBalancers = new TreeMap<>();
  private @Nullable BackboneNode backbone;

  @BeforeEach
  void startNodes() throws Exception {
    Path pki = folder.resolve("pki");
    NetworkAuthority network = NetworkAuthority.create(pki, "test", VALIDITY, Instant.now());
    issue(network, pki, NodeRole.BACKBONE, "b1");
    Secret.create(folder.resolve("map.key"));
    write("map.csv", "127.11.0.0/16,lb-tokyo,lb-rome\n");
    write(
        "places.csv",
        "127.11.0.0/16,41.9,12.4\n127.12.0.0/16,34.7,135.5\n127.13.0.0/16,45.5,9.2\n");
    startBackbone("places.csv");
    register();
    for (String id : List.of("lb-rome", "lb-tokyo")) {
      issue(network, pki, NodeRole.LOAD_BALANCER, id);
      startLoadBalancer(id);
    }
  }

  @AfterEach
  void stopNodes() {
    loadBalancers.values().forEach(LoadBalancerNode::close);
    stopBackbone();
  }

  @Test
  void areReferredByTheMapThenByTheirLocationThenToAnyHealthyOneStablePerResolver()
      throws Exception {
    awaitReferral(NEAR_ROME, "lb-rome");
    awaitReferral(NEAR_TOKYO, "lb-tokyo");
    awaitAnswer("own.lb.foobar.test.", NEAR_TOKYO, "127.93.0.2");
    assertThat(referral(IN_THE_MAP)).as("the map counts more than the file").isEqualTo("lb-tokyo");
    Map<String, String> anywhere = referrals();
    assertThat(anywhere.values()).as("spread").contains("lb-rome", "lb-tokyo");
    assertThat(referrals()).as("stable").isEqualTo(anywhere);

    stopBackbone();
    Files.write(
        folder.resolve("places.mmdb"),
        new CityDatabase()
            .with("127.12.0.0/16", new Location(45.5, 9.2))
            .with("127.13.0.0/16", new Location(34.7, 135.5))
            .bytes());
    startBackbone("places.mmdb");

    awaitReferral(NEAR_TOKYO, "lb-rome");
    awaitReferral(NEAR_ROME, "lb-tokyo");
    awaitSessions();
    assertThat(referrals()).as("the same from another process").isEqualTo(anywhere);

    Objects.requireNonNull(loadBalancers.remove("lb-tokyo")).close();

    awaitReferral(IN_THE_MAP, "lb-rome");
    awaitReferral(NEAR_ROME, "lb-rome");
    assertThat(referrals().values()).containsOnly("lb-rome");
  }

  private void startBackbone(String locations) throws Exception {
    Path config =
        write(
            "b1.conf",
            """
            node { id = b1, state = state-b1, admin = "127.93.0.1:8053" }
            identity {
              certificate = pki/backbone-b1.pem, key = pki/backbone-b1-key.pem
              authority = pki/authority.pem
            }
            dns {
              listen = ["127.93.0.1:5300"], label-listen = ["127.93.0.2:5300"]
              infrastructure-zone = dglb.test
            }
            mapping.listen = ["127.93.0.1:8853"]
            cluster.enabled = false
            map.key = map.key
            fallback { computed-map = map.csv, locations = %s }
            grants.load-balancers { lb-rome { resolvers = [] }, lb-tokyo { resolvers = [] } }
            """
                .formatted(locations));
    backbone = BackboneNode.open(config);
    backbone.start();
  }

  private void stopBackbone() {
    if (backbone != null) {
      backbone.close();
      backbone = null;
    }
  }

  private void startLoadBalancer(String id) throws Exception {
    Path config =
        write(
            id + ".conf",
            """
            node { id = @, state = state-@, admin = "127.93.0.%2$d:8053" }
            identity {
              certificate = pki/lb-@.pem, key = pki/lb-@-key.pem, authority = pki/authority.pem
            }
            dns.listen = ["127.93.0.%2$d:5300"]
            announce { location { %1$s }, leave-at-most = 0s }
            backbone.nodes = ["127.93.0.1:8853"]
            """
                .replace("@", id)
                .formatted(LOCATIONS.get(id), 3 + loadBalancers.size()));
    LoadBalancerNode node = LoadBalancerNode.open(config);
    loadBalancers.put(id, node);
    node.start();
  }

  private void register() throws Exception {
    String document =
        """
        registration {
          version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
          services {
            "www.lb.foobar.test" {
              unannounced = refer
              check { kind = tcp, port = 5300 }
              sites { milan { addresses = ["127.93.0.2"] } }
            }
            "own.lb.foobar.test" {
              check { kind = tcp, port = 5300 }
              sites { milan { addresses = ["127.93.0.2"] } }
            }
          }
        }
        """;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.93.0.1:8053/zones"))
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JsonObject().put("document", document).put("approve", true).encode()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
  }

  private static void awaitReferral(String resolver, String loadBalancer) {
    Awaitility.await(resolver + " to " + loadBalancer)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreException(IOException.class)
        .untilAsserted(() -> assertThat(referral(resolver)).isEqualTo(loadBalancer));
  }

  /** Once load balancers measure it, the backbone itself answers the site. */
  private static void awaitAnswer(String name, String resolver, String address) {
    Awaitility.await(resolver + " gets " + address)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreException(IOException.class)
        .untilAsserted(() ->
            assertThat(answer(name, resolver))
                .extracting(Record::rdataToString)
                .containsExactly(address));
  }

  /** A load balancer that leaves can only say so to a backbone node with which it has a session. */
  private void awaitSessions() {
    Awaitility.await("both load balancers connected")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            Objects.requireNonNull(backbone)
                .status()
                .toJson()
                .getJsonArray("load-balancers")
                .stream()
                .allMatch(it -> ((JsonObject) it).getBoolean("connected")));
  }

  /** Where resolvers are referred of whom nothing is known. */
  private static Map<String, String> referrals() throws IOException {
    Map<String, String> referrals = new TreeMap<>();
    for (int block = 0; block < 16; block++) {
      String resolver = "127.14." + block + ".53";
      referrals.put(resolver, referral(resolver));
    }
    return referrals;
  }

  /** The first label of the CNAME that a resolver gets. */
  private static String referral(String source) throws IOException {
    List<String> labels = new ArrayList<>();
    for (Record record : answer("www.lb.foobar.test.", source)) {
      labels.add(Name.fromString(record.rdataToString()).getLabelString(0));
    }
    return String.join(" ", labels);
  }

  private static List<Record> answer(String name, String source) throws IOException {
    SimpleResolver resolver = new SimpleResolver(BACKBONE);
    resolver.setPort(PORT);
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setLocalAddress(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
    return resolver
        .send(Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN)))
        .getSection(Section.ANSWER);
  }

  private static void issue(NetworkAuthority network, Path pki, NodeRole role, String id)
      throws Exception {
    network.issue(new PeerIdentity(role, id), List.of(), VALIDITY, Instant.now(), pki);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
