package net.dglb.bench.decisions;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.backbone.refer.Referrals;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;
import net.dglb.time.VirtualTimeline;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The real tables of a backbone node over what load balancers measure, asked over DNS by a resolver
 * in each city that no load balancer announced and whose place is known from a file.
 */
final class SimulatedBackbone {

  private static final DomainName ORIGIN = DomainName.of("example.org");
  private static final DomainName BACKBONE = DomainName.of("b1.example.net");
  private static final int SHORT_TTL_SECONDS = 20;

  private final RoundTripMatrix matrix;
  private final SimulatedService service;
  private final EnterpriseZone zone;
  private final Service referring;
  private final Collection<SimulatedLoadBalancer> measuring;
  private final List<LoadBalancer> loadBalancers = new ArrayList<>();
  private final List<ServedLabel> served = new ArrayList<>();
  private final EstimateTable estimates = new EstimateTable();
  private final VirtualTimeline timeline;
  private final ReferralCompiler compiler;
  private final EstimatedPlaces places;
  private final ResolverIndex index;
  private Referrals tables;
  private InProcessServer server;

  /**
   * Takes what load balancers know and estimates for every city.
   *
   * @param measuring the load balancers
   * @param age since when they measure
   */
  SimulatedBackbone(
      RoundTripMatrix matrix,
      SimulatedService service,
      Collection<SimulatedLoadBalancer> measuring,
      Duration age) {
    this.matrix = matrix;
    this.service = service;
    this.measuring = measuring;
    timeline = new VirtualTimeline(Instant.EPOCH.plus(age));
    referring = service.named(ORIGIN.child("referred"), Unannounced.REFER);
    zone =
        new EnterpriseZone(
            "bench",
            ORIGIN,
            DelegationForm.ALIASED,
            false,
            1,
            List.of(service.service(), referring));
    add(Directory.BACKBONE_ID, Optional.empty());
    measuring.forEach(this::add);
    index = index();
    places = new EstimatedPlaces(this::view, Runnable::run, timeline, () -> {});
    compiler =
        new ReferralCompiler(
            new ReferSettings(ORIGIN.child("hostmaster"), true, SHORT_TTL_SECONDS),
            estimates,
            () -> Sayings.NONE,
            places,
            _ -> Optional.empty(),
            new SecureLabels(new HashMap<>(), timeline));
    tables = compile();
    server = new InProcessServer(Catalog.of(tables.zones()));
    for (int city = 0; city < matrix.size(); city++) {
      ask(server, service.service(), city);
    }
    advance(Duration.ZERO);
  }

  /**
   * Time passes: the places from which resolvers have asked are estimated again, and what is known
   * now is published.
   */
  void advance(Duration by) {
    tables.collectPlaces(places::wanted);
    timeline.advance(by);
    measuring.forEach(it -> estimates.put(it.id(), it.known()));
    for (int estimated = 0; estimated < matrix.size(); estimated += EstimatedPlaces.BATCH) {
      places.tick();
      timeline.runDue();
    }
    tables = compile();
    server = new InProcessServer(Catalog.of(tables.zones()));
  }

  private void add(SimulatedLoadBalancer measuring) {
    add(measuring.id(), Optional.of(matrix.location(measuring.city())));
    estimates.put(measuring.id(), measuring.known());
    for (Service each : zone.services()) {
      List<String> holders = List.of(measuring.id());
      served.add(new ServedLabel(each.name(), measuring.id(), true, holders));
    }
  }

  private void add(String id, Optional<Location> location) {
    int ordinal = loadBalancers.size();
    Announcement announcement =
        new Announcement(
            id,
            new AnnouncementVersion(1, 1),
            Optional.empty(),
            List.of(AddressLiteral.parse("198.19.%d.%d".formatted(ordinal / 256, ordinal % 256))),
            53,
            List.of(),
            List.of(),
            location,
            false,
            List.of());
    loadBalancers.add(
        new LoadBalancer(ordinal, new StoredAnnouncement(announcement, false), Presence.LIVE));
  }

  private ResolverIndex index() {
    FallbackTable.Builder locations = new FallbackTable.Builder(matrix.size());
    for (int city = 0; city < matrix.size(); city++) {
      locations.located(new Prefix(resolver(city), 32), matrix.location(city));
    }
    IndexCompiler indexes = new IndexCompiler();
    indexes.locations(locations.build());
    return indexes.compile(loadBalancers);
  }

  private ServiceView view(Service asked) {
    return compiler.view(asked, loadBalancers, timeline.now());
  }

  private Referrals compile() {
    return compiler.compile(
        List.of(zone), List.of(BACKBONE), loadBalancers, served, index, timeline.now());
  }

  /** The site whose address a resolver in a city is answered. */
  int site(int city) {
    Record answer = ask(server, service.service(), city);
    if (answer.getType() != Type.A) {
      throw new IllegalStateException("city " + city + ": " + answer + " (expected an address)");
    }
    return service.at(AddressLiteral.parse(answer.rdataToString()));
  }

  /** The load balancer that a resolver in a city is referred to for the service that refers. */
  String referral(int city) {
    Record answer = ask(server, referring, city);
    if (answer.getType() != Type.CNAME) {
      throw new IllegalStateException("city " + city + ": " + answer + " (expected a CNAME)");
    }
    String label = answer.rdataToString();
    return label.substring(0, label.indexOf('.'));
  }

  private static Record ask(InProcessServer server, Service asked, int city) {
    try {
      Name name = Name.fromString(asked.name().toString(), Name.root);
      byte[] query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)).toWire();
      Message answer = new Message(server.ask(query, resolver(city), Transport.UDP));
      return answer.getSection(Section.ANSWER).getFirst();
    } catch (IOException e) {
      throw new IllegalStateException("an answer that cannot be read", e);
    }
  }

  private static InetAddress resolver(int city) {
    return AddressLiteral.parse("10.%d.%d.1".formatted(city / 256, city % 256));
  }
}
