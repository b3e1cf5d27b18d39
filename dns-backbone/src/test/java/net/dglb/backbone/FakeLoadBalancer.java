package net.dglb.backbone;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.zone.StaticZone;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.ClientSettings;
import net.dglb.mapping.session.MappingClient;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.AddressCheckAck;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.Withdraw;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.time.ControlThread;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;

/** The protocol's side of a load balancer over real sockets, obedient in all things. */
final class FakeLoadBalancer implements SessionListener, AutoCloseable {

  private static final Instant ANNOUNCED = Instant.parse("2026-01-01T00:00:00Z");

  final List<Frame> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final String id;
  private final InetAddress address;
  private final List<Prefix> resolvers;
  private final Optional<Location> location;
  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control;
  private final Published<Catalog> catalog = new Published<>(Catalog.empty());
  private final DnsServer dns;
  private final MappingClient client;
  private boolean closed;

  FakeLoadBalancer(
      NodeIdentity identity,
      InetAddress address,
      List<Prefix> resolvers,
      Optional<Location> location,
      Endpoint backbone)
      throws Exception {
    this.id = identity.self().id();
    this.address = address;
    this.resolvers = resolvers;
    this.location = location;
    control = new ControlThread("control-" + id);
    dns =
        DnsServer.start(
            vertx,
            List.of(new Endpoint(address, 0)),
            DnsServerSettings.DEFAULT,
            catalog,
            Optional.empty());
    client =
        new MappingClient(
            vertx,
            identity,
            ClientSettings.of(List.of(), Set.of(NodeRole.BACKBONE)),
            () -> Hello.newBuilder().setHighestVersion(version(1)).build(),
            this,
            control,
            new Random(1));
    client.setPeers(List.of(Peer.at(backbone)));
  }

  @Override
  public void opened(Session session) {
    announce(session, 1, resolvers);
  }

  void announce(long counter, List<Prefix> claimed) {
    client.sessions().forEach(session -> announce(session, counter, claimed));
  }

  private void announce(Session session, long counter, List<Prefix> claimed) {
    Announce.Builder announce =
        Announce.newBuilder()
            .setVersion(version(counter))
            .setPages(1)
            .setAnnouncedEpochMillis(ANNOUNCED.toEpochMilli())
            .addAddresses(WireAddresses.toWire(address))
            .setDnsPort(dns.addresses().getFirst().port());
    claimed.forEach(prefix -> announce.addResolverPrefixes(WireAddresses.toWire(prefix)));
    location.map(WireAddresses::toWire).ifPresent(announce::setLocation);
    session.send(Frame.newBuilder().setCorrelation(1).setAnnounce(announce).build());
  }

  @Override
  public void received(Session session, Frame frame) {
    received.add(frame);
    if (frame.hasAddressCheck()) {
      AddressCheck check = frame.getAddressCheck();
      answerText(check);
      session.send(
          Frame.newBuilder()
              .setAddressCheckAck(AddressCheckAck.newBuilder().setName(check.getName()))
              .build());
    } else if (frame.hasDuty()) {
      Duty duty = frame.getDuty();
      session.send(
          Frame.newBuilder()
              .setDutyAck(
                  DutyAck.newBuilder()
                      .setLabel(duty.getLabel())
                      .setService(duty.getService())
                      .setZoneVersion(duty.getZoneVersion()))
              .build());
    }
  }

  @Override
  public void closed(Session session, String why) {
    ended.incrementAndGet();
  }

  /** How many of its sessions have ended. */
  int closed() {
    return ended.get();
  }

  void withdraw() {
    client
        .sessions()
        .forEach(session ->
            session.send(
                Frame.newBuilder()
                    .setCorrelation(2)
                    .setWithdraw(Withdraw.newBuilder().setVersion(version(2)).setReason("test"))
                    .build()));
  }

  /** Says what it measured at the sites of a service, in milliseconds by address. */
  void measured(Service service, Map<String, Double> millis) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    millis.forEach((address, latency) ->
        states.put(
            new ProbeTarget(InetAddress.ofLiteral(address), service.check()),
            new SiteState(Optional.of(new Estimate(latency, 0, 9, Instant.now())), Health.UP)));
    for (Session session : client.sessions()) {
      WireEstimates.toWire(new PlaceEstimates(id, states))
          .forEach(it -> session.send(Frame.newBuilder().setEstimates(it).build()));
    }
  }

  boolean hasReceived(Predicate<Frame> wanted) {
    return received.stream().anyMatch(wanted);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    client.close();
    dns.close();
    control.close();
    vertx.close();
  }

  private void answerText(AddressCheck check) {
    try {
      Name name = Name.fromString(check.getName() + ".");
      List<Record> records = new ArrayList<>();
      records.add(new SOARecord(name, DClass.IN, 1, name, name, 1, 1, 1, 1, 1));
      records.add(new NSRecord(name, DClass.IN, 1, Name.fromString("ns.example.")));
      records.add(new TXTRecord(name, DClass.IN, 1, check.getText()));
      catalog.publish(
          Catalog.of(List.of(StaticZone.compile(DomainName.of(check.getName()), records))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Version version(long counter) {
    return Version.newBuilder().setGeneration(1).setCounter(counter).build();
  }
}
