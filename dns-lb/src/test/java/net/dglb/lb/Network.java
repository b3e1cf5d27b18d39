package net.dglb.lb;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.DutyEnd;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.mapping.wire.ZoneRemoved;
import net.dglb.net.Prefix;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.node.Published;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One load balancer, {@code lb-nyc-1}, in a network of the test's own: sessions, sites and time.
 */
final class Network {

  static final String SERVICE = "www.lb.foobar.test";
  static final String NEW_YORK = "192.0.2.1";
  static final String FRANKFURT = "192.0.2.2";
  static final String TOKYO = "192.0.2.3";

  private VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  final ScriptedProber sites = new ScriptedProber(timeline);
  final Map<String, Map<String, byte[]>> disk = new HashMap<>();
  final Set<Peer> peers = new HashSet<>();
  private final Path directory;
  private final String lines;
  private Published<Catalog> catalog = new Published<>(Catalog.empty());
  private LoadBalancer loadBalancer;

  Network(Path directory) {
    this(directory, "");
  }

  /** One whose configuration has more lines. */
  Network(Path directory, String lines) {
    this.directory = directory;
    this.lines = lines;
    sites.answersAfter(NEW_YORK, 10);
    sites.answersAfter(FRANKFURT, 80);
    sites.answersAfter(TOKYO, 160);
    loadBalancer = build();
  }

  private LoadBalancer build() {
    return new LoadBalancer(
        settings(directory, lines),
        timeline,
        sites,
        new Random(1),
        new SavedState.Store() {
          @Override
          public Map<String, byte[]> map(String name) {
            return disk.computeIfAbsent(name, _ -> new HashMap<>());
          }

          @Override
          public void commit() {}
        },
        catalog,
        this::keep,
        () -> Map.of("queries-per-second", 12.5));
  }

  private void keep(Collection<Peer> all) {
    peers.clear();
    peers.addAll(all);
  }

  LoadBalancer loadBalancer() {
    return loadBalancer;
  }

  Network started() {
    loadBalancer.start();
    loadBalancer.connect();
    timeline.runDue();
    return this;
  }

  /** The process is gone and comes back with what is on disk. */
  void restart() {
    timeline = new VirtualTimeline(timeline.now());
    sites.follow(timeline);
    catalog = new Published<>(Catalog.empty());
    loadBalancer = build();
    started();
  }

  /** What DNS threads read. */
  Published<Catalog> catalog() {
    return catalog;
  }

  static LoadBalancerSettings settings(Path directory) {
    return settings(directory, "");
  }

  private static LoadBalancerSettings settings(Path directory, String lines) {
    try {
      for (String file : List.of("certificate", "key", "authority")) {
        Files.writeString(directory.resolve(file + ".pem"), "");
      }
      ConfigSection root =
          ConfigFile.parse(
              directory.resolve("lb.conf").toString(),
              """
              node { id = lb-nyc-1, state = state }
              identity {
                certificate = "%1$s/certificate.pem"
                key = "%1$s/key.pem"
                authority = "%1$s/authority.pem"
              }
              dns.listen = ["127.0.0.1:5300", "[::1]:5300"]
              announce.location { latitude = 40.7, longitude = -74.0 }
              resolvers { prefixes = ["198.51.100.0/24"], file = "%1$s/resolv.conf" }
              backbone.nodes = ["127.0.0.1:8853"]
              """
                      .formatted(directory)
                  + lines,
              LoadBalancerSettings.FORM.reference());
      LoadBalancerSettings settings = LoadBalancerSettings.read(root);
      root.finish();
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  InMemorySession open(String node) {
    InMemorySession session = new InMemorySession(NodeRole.BACKBONE, node);
    loadBalancer.sessions().opened(session);
    return session;
  }

  void close(InMemorySession session) {
    loadBalancer.sessions().closed(session, "the node is gone");
  }

  void receive(InMemorySession session, Frame frame) {
    loadBalancer.sessions().received(session, frame);
  }

  void update(InMemorySession session, EnterpriseZone zone) {
    ZonePages.updates(zone)
        .forEach(page -> receive(session, Frame.newBuilder().setZoneUpdate(page).build()));
  }

  void removeZone(InMemorySession session, long version, int serveSeconds) {
    receive(
        session,
        Frame.newBuilder()
            .setZoneRemoved(
                ZoneRemoved.newBuilder()
                    .setOrigin("lb.foobar.test")
                    .setVersion(version)
                    .setServeSeconds(serveSeconds))
            .build());
  }

  void assign(InMemorySession session, String label, String... nameServers) {
    Duty.Builder duty =
        Duty.newBuilder()
            .setLabel(label)
            .setService(SERVICE)
            .setZoneVersion(1)
            .setBackup(!label.equals("lb-nyc-1"))
            .addAllNameServers(List.of(nameServers))
            .setNameServerTtlSeconds(1800);
    receive(session, Frame.newBuilder().setCorrelation(77).setDuty(duty).build());
  }

  void end(InMemorySession session, String label, int seconds) {
    receive(
        session,
        Frame.newBuilder()
            .setDutyEnd(
                DutyEnd.newBuilder().setLabel(label).setService(SERVICE).setServeSeconds(seconds))
            .build());
  }

  /** An operator says something of sites by the admin API. */
  AdminAnswer say(String pattern, String state) {
    return post(
        "/sites/said",
        new JsonObject().put("pattern", pattern).put("state", state).put("why", "works on power"));
  }

  /** An operator changes something by the admin API. */
  AdminAnswer post(String path, JsonObject body) {
    return post(path, Map.of(), body);
  }

  /** The same with parameters of the path. */
  AdminAnswer post(String path, Map<String, String> parameters, JsonObject body) {
    AdminRoute route =
        loadBalancer.routes().stream()
            .filter(it -> it.method().equals(HttpMethod.POST) && it.path().equals(path))
            .findFirst()
            .orElseThrow();
    return route
        .answer()
        .apply(new AdminRequest(parameters, Optional.of(body), "127.0.0.1:4711"))
        .join();
  }

  /** The sites of the first label as its A answers are explained, best first. */
  JsonArray explainedOrder() {
    JsonObject label = get("/explain", Map.of()).body().getJsonArray("labels").getJsonObject(0);
    return label.getJsonObject("answers").getJsonObject("A").getJsonArray("order");
  }

  /** Asks the admin API. */
  AdminAnswer get(String path, Map<String, String> parameters) {
    AdminRoute route =
        loadBalancer.routes().stream()
            .filter(it -> it.method().equals(HttpMethod.GET) && it.path().equals(path))
            .findFirst()
            .orElseThrow();
    return route
        .answer()
        .apply(new AdminRequest(parameters, Optional.empty(), "127.0.0.1:4711"))
        .join();
  }

  void check(InMemorySession session, String name, String text) {
    receive(
        session,
        Frame.newBuilder()
            .setCorrelation(5)
            .setAddressCheck(AddressCheck.newBuilder().setName(name).setText(text))
            .build());
  }

  void acknowledgeWithdrawal(InMemorySession session, int serveSeconds) {
    Frame withdrawal = session.sent(Frame::hasWithdraw).getLast();
    receive(
        session,
        Frame.newBuilder()
            .setWithdrawAck(
                WithdrawAck.newBuilder()
                    .setVersion(withdrawal.getWithdraw().getVersion())
                    .setServeSeconds(serveSeconds))
            .build());
  }

  VirtualTimeline timeline() {
    return timeline;
  }

  void pass(Duration time) {
    timeline.advance(time);
  }

  /** Asks over DNS, as a resolver would. */
  Message ask(String name, int type) {
    return ask(name, type, "198.51.100.7");
  }

  Message ask(String name, int type, String source) {
    return ask(name, type, source, 0, List.of());
  }

  /** Asks with the DO bit, as a resolver that validates. */
  Message askSigned(String name, int type) {
    return ask(name, type, "198.51.100.7", ExtendedFlags.DO, List.of());
  }

  /** Asks as a resolver that sends the client's subnet along (RFC 7871). */
  Message askFor(String name, int type, String source, Prefix subnet) {
    return ask(
        name, type, source, 0, List.of(new ClientSubnetOption(subnet.length(), subnet.address())));
  }

  private Message ask(String name, int type, String source, int flags, List<EDNSOption> options) {
    try {
      Message query =
          Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
      query.addRecord(new OPTRecord(1232, 0, 0, flags, options), Section.ADDITIONAL);
      InetAddress resolver = InetAddress.ofLiteral(source);
      return new Message(new InProcessServer(catalog).ask(query.toWire(), resolver, Transport.UDP));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data of the answer section, as text. */
  List<String> answers(String name, int type) {
    List<String> answers = new ArrayList<>();
    ask(name, type).getSection(Section.ANSWER).forEach(it -> answers.add(it.rdataToString()));
    return answers;
  }

  /** A session over which the own label was assigned, and its sites were measured. */
  InMemorySession measuredOwnLabel() {
    return measuredOwnLabel(Zones.zone(1));
  }

  InMemorySession measuredOwnLabel(EnterpriseZone zone) {
    InMemorySession session = open("backbone-1");
    update(session, zone);
    assign(session, "lb-nyc-1", "lb-nyc-1.ns.lb.foobar.test", "lb-tyo-1.ns.lb.foobar.test");
    pass(Duration.ofSeconds(2));
    return session;
  }

  /** The backbone passes on what was measured at lb-tyo-1. */
  void tokyoMeasured(
      InMemorySession session, String first, double firstMillis, String second, double millis) {
    tokyoMeasured(session, timeline.now(), first, firstMillis, second, millis);
  }

  /** The same by another clock. */
  void tokyoMeasured(
      InMemorySession session,
      Instant now,
      String first,
      double firstMillis,
      String second,
      double millis) {
    Service service = Zones.zone(1).services().getFirst();
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    service
        .targets()
        .forEach(target -> {
          String address = target.address().getHostAddress();
          double latency =
              address.equals(first) ? firstMillis : address.equals(second) ? millis : 900;
          states.put(
              target, new SiteState(Optional.of(new Estimate(latency, 0, 5, now)), Health.UP));
        });
    WireEstimates.toWire(new PlaceEstimates("lb-tyo-1", states), now)
        .forEach(message -> receive(session, Frame.newBuilder().setEstimates(message).build()));
  }

  static PlaceEstimates estimates(Frame frame) {
    try {
      return WireEstimates.fromWire(frame.getEstimates());
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }
}
