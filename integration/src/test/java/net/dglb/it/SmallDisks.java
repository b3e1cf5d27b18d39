package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
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
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import org.awaitility.Awaitility;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * One node of each kind in a process of its own, whose state folder is a small file system of its
 * own: an authority, a backbone node that is alone, and a load balancer beside every resolver.
 */
final class SmallDisks implements AutoCloseable {

  /** A node and the last number of its address. */
  enum Member {
    AUTHORITY(NodeRole.AUTHORITY, "a1", 2),
    BACKBONE(NodeRole.BACKBONE, "b1", 1),
    LOAD_BALANCER(NodeRole.LOAD_BALANCER, "lb1", 3);

    final NodeRole role;
    final String id;
    final InetAddress address;

    Member(NodeRole role, String id, int number) {
      this.role = role;
      this.id = id;
      this.address = InetAddress.ofLiteral("127.63.0." + number);
    }
  }

  static final int DNS_PORT = 5300;
  private static final Duration START = Duration.ofMinutes(2);

  private static final Map<Member, String> OWN =
      Map.of(
          Member.AUTHORITY,
          "zones = [ { origin = f.test, file = f.zone } ]\n",
          Member.BACKBONE,
          """
          dns { label-listen = ["127.63.0.11:5300"], infrastructure-zone = dglb.test }
          mapping.listen = ["127.63.0.1:8853"]
          cluster.enabled = false
          map.key = map.key
          registry.patience = 4s
          labels.check-interval = 5s
          grants.load-balancers { lb1 { resolvers = ["127.0.0.0/8"] } }
          """,
          Member.LOAD_BALANCER,
          """
          resolvers.prefixes = ["127.0.0.0/8"]
          backbone { nodes = ["127.63.0.1:8853"], report-interval = 2s }
          """);

  private final Path folder;
  private final Map<Member, Process> running = new TreeMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Writes their files and starts them. */
  SmallDisks(Path folder) throws Exception {
    this.folder = folder;
    Path pki = folder.resolve("pki");
    Duration validity = Duration.ofDays(1);
    NetworkAuthority authority = NetworkAuthority.create(pki, "test", validity, Instant.now());
    Secret.create(folder.resolve("map.key"));
    zone("first", 1);
    for (Member each : Member.values()) {
      PeerIdentity peer = new PeerIdentity(each.role, each.id);
      authority.issue(peer, List.of(), validity, Instant.now(), pki);
      Files.writeString(config(each), common(each) + OWN.get(each));
      Files.createDirectory(state(each));
      running.put(each, launch(each));
    }
    for (Member each : Member.values()) {
      awaitReady(each);
    }
  }

  private static String common(Member member) {
    return """
    node { id = %1$s, state = state-%1$s, admin = "%2$s:8053" }
    identity {
      certificate = pki/%3$s-%1$s.pem, key = pki/%3$s-%1$s-key.pem, authority = pki/authority.pem
    }
    dns.listen = ["%2$s:5300"]
    """
        .formatted(member.id, member.address.getHostAddress(), member.role.word());
  }

  /** Writes the authority's zone: with a name, and so many records more. */
  void zone(String name, int records) throws IOException {
    StringBuilder text = new StringBuilder("$TTL 60\n@ SOA ns admin 1 1 1 1 60\n@ NS ns\n");
    text.append("ns A 127.63.0.2\n").append(name).append(" A 192.0.2.1\n");
    for (int i = 0; i < records; i++) {
      text.append(name).append('-').append(i).append(" TXT \"some more octets\"\n");
    }
    Files.writeString(folder.resolve("f.zone"), text);
  }

  private Path config(Member member) {
    return folder.resolve(member.id + ".conf");
  }

  private Path state(Member member) {
    return folder.resolve("state-" + member.id).toAbsolutePath();
  }

  private Process launch(Member member) throws IOException {
    String mount = "mount -t tmpfs -o size=24m,mode=700 tmpfs \"$0\" && exec \"$@\"";
    List<String> command = new ArrayList<>(LabRun.command());
    command.add(1, "-Xmx224m");
    command.addAll(0, List.of("unshare", "-Urm", "sh", "-c", mount, state(member).toString()));
    command.addAll(List.of("run", member.role.word(), "--config", config(member).toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(member).toFile())
        .start();
  }

  private Path log(Member member) {
    return folder.resolve(member.id + ".log");
  }

  /** What a node has logged. */
  String logged(Member member) throws IOException {
    return Files.readString(log(member));
  }

  private void awaitReady(Member member) {
    Awaitility.await(member + " ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          if (!process(member).isAlive()) {
            fail("%s ended: %s", member, logged(member));
          }
          return logged(member).contains(": ready\n");
        });
  }

  private Process process(Member member) {
    return Objects.requireNonNull(running.get(member), member.id);
  }

  /** Writes a file until nothing fits any more on a node's disk. */
  void fill(Member member) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler(member))) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** Makes room again. */
  void free(Member member) throws IOException {
    Files.delete(filler(member));
  }

  private Path filler(Member member) {
    return Path.of("/proc/" + process(member).pid() + "/root" + state(member)).resolve("filler");
  }

  /** Whether a node says that its state cannot be written. */
  boolean saysThatItCannotWrite(Member member) throws IOException, InterruptedException {
    String metrics =
        http.send(admin(member, "/metrics").build(), HttpResponse.BodyHandlers.ofString()).body();
    return metrics.lines().anyMatch(it -> it.matches("dglb_state_problem(\\{.*})? 1(\\.0)?"));
  }

  /** Calls the admin API of the backbone node with a JSON body. */
  HttpResponse<String> register(String body) throws IOException, InterruptedException {
    return http.send(
        admin(Member.BACKBONE, "/zones")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder admin(Member member, String path) {
    return HttpRequest.newBuilder(
            URI.create("http://" + member.address.getHostAddress() + ":8053" + path))
        .timeout(Duration.ofSeconds(20));
  }

  /** Asks a node over DNS. */
  static Message ask(Member member, String name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(member.address);
    resolver.setPort(DNS_PORT);
    resolver.setTimeout(Duration.ofSeconds(10));
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN)));
  }

  /** Whether a node has an address for a name. */
  static boolean hasAddress(Member member, String name) throws IOException {
    return ask(member, name, Type.A).getSection(org.xbill.DNS.Section.ANSWER).stream()
        .anyMatch(it -> it.getType() == Type.A);
  }

  @Override
  public void close() {
    running.values().forEach(process -> process.destroyForcibly().onExit().join());
    http.close();
  }
}
