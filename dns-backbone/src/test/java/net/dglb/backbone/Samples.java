package net.dglb.backbone;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.HttpsBinding;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;
import net.dglb.service.Ttls;
import net.dglb.service.Unannounced;
import org.jspecify.annotations.Nullable;

/** A small network for tests: three load balancers and two enterprise zones. */
public final class Samples {

  /** In the aliased form. */
  public static final DomainName WWW = DomainName.of("www.lb.foobar.test");

  /** In the delegated form: the zone's apex. */
  public static final DomainName SHOP = DomainName.of("shop.foobar.test");

  /** Where the load balancers stand. */
  public static final Location NEW_YORK = new Location(40.7, -74.0);

  public static final Location LONDON = new Location(51.5, -0.1);
  public static final Location TOKYO = new Location(35.7, 139.7);

  /** A prefix keeps its site. */
  public static final Policy HASH = chain(new Step.Hash());

  /** Three tenths for London, but everything for Tokyo from 10.0.0.0/10. */
  public static final Policy PERCENTAGES =
      chain(
          new Step.Static(
              List.of(
                  new Step.Static.Rule(List.of(Prefix.parse("10.0.0.0/10")), List.of("tokyo")))),
          new Step.Percentages(Map.of("london", 30.0, "tokyo", 70.0)));

  private Samples() {}

  private static Policy chain(Step... steps) {
    return new Policy.Chain(Policy.Latency.DEFAULT, List.of(steps));
  }

  /** The zone {@code lb.foobar.test} with its service and one below an empty non-terminal. */
  public static EnterpriseZone aliased(long version) {
    return new EnterpriseZone(
        "foobar",
        DomainName.of("lb.foobar.test"),
        DelegationForm.ALIASED,
        false,
        version,
        List.of(service(WWW), service(DomainName.of("img.cdn.lb.foobar.test"))));
  }

  /** The same zone, whose services the backbone answers itself. */
  public static EnterpriseZone direct(EnterpriseZone zone) {
    return withServices(
        zone,
        it ->
            new Service(
                it.name(),
                it.aliases(),
                Mode.DIRECT,
                it.sites(),
                it.check(),
                it.policy(),
                it.ttls(),
                it.probeCapPerSecond(),
                it.allDown(),
                it.answering(),
                it.unannounced()));
  }

  /** The same zone, whose services are ranked by another policy. */
  public static EnterpriseZone ranked(EnterpriseZone zone, Policy policy) {
    return withServices(
        zone,
        it ->
            new Service(
                it.name(),
                it.aliases(),
                it.mode(),
                it.sites(),
                it.check(),
                policy,
                it.ttls(),
                it.probeCapPerSecond(),
                it.allDown(),
                it.answering(),
                it.unannounced()));
  }

  /** The same zone, which refers resolvers that nobody announced. */
  public static EnterpriseZone referring(EnterpriseZone zone) {
    return withServices(zone, it -> unannounced(it, Unannounced.REFER));
  }

  /** The same service with other wishes for resolvers that nobody announced. */
  public static Service unannounced(Service it, Unannounced unannounced) {
    return new Service(
        it.name(),
        it.aliases(),
        it.mode(),
        it.sites(),
        it.check(),
        it.policy(),
        it.ttls(),
        it.probeCapPerSecond(),
        it.allDown(),
        it.answering(),
        unannounced);
  }

  /** The same service with HTTPS records of the protocol h2 and address hints. */
  public static Service withHttps(Service it, AllDown allDown) {
    return new Service(
        it.name(),
        it.aliases(),
        it.mode(),
        it.sites(),
        it.check(),
        it.policy(),
        it.ttls(),
        it.probeCapPerSecond(),
        allDown,
        new Answering(1, false, Optional.of(new HttpsBinding(List.of("h2"), true, 0))),
        it.unannounced());
  }

  /** The same service, which answers two addresses. */
  public static Service withTwoAddresses(Service it) {
    return new Service(
        it.name(),
        it.aliases(),
        it.mode(),
        it.sites(),
        it.check(),
        it.policy(),
        it.ttls(),
        it.probeCapPerSecond(),
        it.allDown(),
        new Answering(2, false),
        it.unannounced());
  }

  /** The same zone with every service changed. */
  public static EnterpriseZone withServices(EnterpriseZone zone, UnaryOperator<Service> change) {
    return new EnterpriseZone(
        zone.enterprise(),
        zone.origin(),
        zone.form(),
        zone.dnssec(),
        zone.version(),
        zone.services().stream().map(change).toList());
  }

  /** The zone {@code lb.foobar.test} with more services than one message of the protocol holds. */
  public static EnterpriseZone large(long version) {
    List<Service> services = new ArrayList<>(aliased(version).services());
    for (int i = 0; i < 2000; i++) {
      services.add(service(DomainName.of("s" + i + ".lb.foobar.test")));
    }
    return new EnterpriseZone(
        "foobar",
        DomainName.of("lb.foobar.test"),
        DelegationForm.ALIASED,
        false,
        version,
        services);
  }

  /** The zone {@code lb.foobar.test} with these services, whose TTLs are short. */
  public static EnterpriseZone shortLived(long version, String... services) {
    return new EnterpriseZone(
        "foobar",
        DomainName.of("lb.foobar.test"),
        DelegationForm.ALIASED,
        false,
        version,
        Stream.of(services).map(Samples::shortLived).toList());
  }

  private static Service shortLived(String name) {
    Service usual = service(DomainName.of(name));
    return new Service(
        usual.name(),
        usual.aliases(),
        usual.mode(),
        usual.sites(),
        usual.check(),
        usual.policy(),
        new Ttls(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(10)),
        0);
  }

  /** The zone {@code shop.foobar.test}, which is its service. */
  public static EnterpriseZone delegated(long version) {
    return new EnterpriseZone(
        "foobar", SHOP, DelegationForm.DELEGATED, false, version, List.of(service(SHOP)));
  }

  /** A service with sites in London and Tokyo, both families. */
  public static Service service(DomainName name) {
    return service(name, Policy.Latency.DEFAULT);
  }

  /** The same with another policy. */
  public static Service service(DomainName name, Policy policy) {
    return new Service(
        name,
        List.of(),
        Mode.ANSWER,
        List.of(
            new Site("london", addresses("192.0.2.1", "2001:db8::1"), Optional.of(LONDON)),
            new Site("tokyo", addresses("192.0.2.2", "2001:db8::2"), Optional.of(TOKYO))),
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            80,
            "/",
            name.toString(),
            HealthCheck.USUAL_INTERVAL,
            HealthCheck.USUAL_TIMEOUT,
            2,
            3,
            HealthCheck.USUAL_STATUSES),
        policy,
        new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5)),
        0);
  }

  /** The backbone's label addresses and three load balancers, all in service. */
  public static List<LoadBalancer> loadBalancers() {
    return List.of(
        new LoadBalancer(
            0,
            announcement(
                Directory.BACKBONE_ID, List.of("198.18.0.2", "2001:db8:b::2"), List.of(), null),
            Presence.LIVE),
        new LoadBalancer(
            1,
            announcement("lb-nyc", List.of("198.18.1.1", "2001:db8:1::1"), List.of(), NEW_YORK),
            Presence.LIVE),
        new LoadBalancer(
            2,
            announcement("lb-lon", List.of("198.18.2.1", "2001:db8:2::1"), List.of(), LONDON),
            Presence.LIVE),
        new LoadBalancer(
            3,
            announcement("lb-tyo", List.of("198.18.3.1", "2001:db8:3::1"), List.of(), TOKYO),
            Presence.LIVE));
  }

  /** A load balancer's announcement with resolver prefixes. */
  public static StoredAnnouncement announcement(
      String id, List<String> addresses, List<String> resolvers, @Nullable Location at) {
    Announcement said =
        new Announcement(
            id,
            new AnnouncementVersion(1, 1),
            Optional.empty(),
            addresses.stream().map(InetAddress::ofLiteral).toList(),
            53,
            resolvers.stream().map(Prefix::parse).toList(),
            List.of(),
            Optional.ofNullable(at),
            false,
            List.of());
    return new StoredAnnouncement(said, false);
  }

  /** The same load balancer after it left in order. */
  public static LoadBalancer withdrawn(LoadBalancer lb) {
    return new LoadBalancer(
        lb.ordinal(),
        new StoredAnnouncement(lb.announcement().announcement(), true),
        lb.presence());
  }

  /** The same load balancer, live or not. */
  public static LoadBalancer live(LoadBalancer lb, boolean live) {
    return presence(lb, live ? Presence.LIVE : Presence.LOST);
  }

  /** The same load balancer, heard or not. */
  public static LoadBalancer presence(LoadBalancer lb, Presence presence) {
    return new LoadBalancer(lb.ordinal(), lb.announcement(), presence);
  }

  /** Addresses from their texts. */
  public static List<InetAddress> addresses(String... texts) {
    return Stream.of(texts).map(InetAddress::ofLiteral).toList();
  }
}
