package net.dglb.backbone.refer;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.decision.said.Sayings;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;
import net.dglb.time.VirtualTimeline;

/**
 * How long the control thread compiles the tables of a large network: 2,000 services, each with
 * four sites in cities of 200, at 500 load balancers, each at a place of its own; no label is in
 * use. The first round is what a node that just started pays. Run its main method, with a policy's
 * name and the number of cities; not a test.
 */
final class CompileBench {

  private static final int SERVICES = 2_000;
  private static final int LOAD_BALANCERS = 500;
  private static final int SITES = 4;
  private static final int CITIES = 200;
  private static final int ROUNDS = 3;
  private static final Duration TIME_CONSTANT = Policy.Latency.DEFAULT.timeConstant();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final Map<String, Policy> POLICIES = new LinkedHashMap<>();

  static {
    POLICIES.put("latency", Policy.Latency.DEFAULT);
    POLICIES.put("proximity", Policy.Sum.proximity(TIME_CONSTANT));
    POLICIES.put("cheapest", Policy.Sum.cheapest(TIME_CONSTANT));
    POLICIES.put(
        "distance-and-cost",
        new Policy.Sum(0, 1, 500, 0, Duration.ZERO, TIME_CONSTANT, new Score.Latency()));
    POLICIES.put("nearest-two", chain(new Step.First(2), new Step.Hash()));
    POLICIES.put(
        "within-1000-km", chain(new Step.Within(Step.Measure.KILOMETRES, 1_000), new Step.Hash()));
  }

  private final Random random = new Random(1);
  private final List<LoadBalancer> loadBalancers = new ArrayList<>();
  private final List<Location> cities = new ArrayList<>();
  private final EnterpriseZone zone;

  private CompileBench(Policy policy, int places) {
    for (int i = 0; i < places; i++) {
      cities.add(somewhere());
    }
    loadBalancers.add(
        new LoadBalancer(
            0, announcement(Directory.BACKBONE_ID, 0, Optional.empty()), Presence.LIVE));
    for (int i = 1; i <= LOAD_BALANCERS; i++) {
      loadBalancers.add(
          new LoadBalancer(i, announcement("lb-" + i, i, Optional.of(somewhere())), Presence.LIVE));
    }
    DomainName origin = DomainName.of("bench.test");
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      services.add(service(origin.child("s" + i), sites(i), policy));
    }
    zone = new EnterpriseZone("bench", origin, DelegationForm.ALIASED, false, 1, services);
  }

  public static void main(String[] arguments) {
    String policy = arguments.length == 0 ? "latency" : arguments[0];
    Policy chosen = POLICIES.get(policy);
    if (chosen == null) {
      print("unknown policy " + policy + " (expected one of " + POLICIES.keySet() + ")");
      return;
    }
    int cities = arguments.length < 2 ? CITIES : Integer.parseInt(arguments[1]);
    CompileBench bench = new CompileBench(chosen, cities);
    for (int round = 1; round <= ROUNDS; round++) {
      bench.run(policy + ", round " + round);
    }
  }

  private void run(String what) {
    ReferralCompiler compiler =
        new ReferralCompiler(
            new ReferSettings(DomainName.of("hostmaster.dglb.test"), true, 20),
            new EstimateTable(),
            () -> Sayings.NONE,
            new EstimatedPlaces(
                _ -> new ServiceView(Map.of(), List.of(), Map.of()),
                Runnable::run,
                new VirtualTimeline(NOW),
                () -> {}),
            _ -> Optional.empty(),
            new SecureLabels(new HashMap<>(), new VirtualTimeline(NOW)));
    ResolverIndex index = new IndexCompiler().compile(loadBalancers);
    double first = millis(compiler, List.of(), index);
    long rankings = compiler.rankings();
    List<ServedLabel> served =
        List.of(new ServedLabel(zone.services().getFirst().name(), "lb-1", true, List.of("lb-1")));
    double next = millis(compiler, served, index);
    print(
        String.format(
            Locale.ROOT,
            "%s: first compile %.0f ms of CPU with %d rankings, the next %.0f ms",
            what,
            first,
            rankings,
            next));
  }

  private double millis(ReferralCompiler compiler, List<ServedLabel> served, ResolverIndex index) {
    long start = cpuNanos();
    compiler.compile(
        List.of(zone),
        List.of(DomainName.of("b1.dglb.test"), DomainName.of("b2.dglb.test")),
        loadBalancers,
        served,
        index,
        NOW);
    return (cpuNanos() - start) / 1e6;
  }

  private static Service service(DomainName name, List<Site> sites, Policy policy) {
    Service usual = Samples.service(name);
    return new Service(
        name, List.of(), usual.mode(), sites, usual.check(), policy, usual.ttls(), 0);
  }

  private List<Site> sites(int service) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < SITES; i++) {
      sites.add(
          new Site(
              "site-" + i,
              List.of(
                  ipv4(192, service >> 8, service & 0xff, i + 1),
                  AddressLiteral.parse(
                      "2001:db8:" + Integer.toHexString(service) + "::" + (i + 1))),
              Optional.of(cities.get(random.nextInt(cities.size()))),
              i,
              Map.of("lb-" + (i + 1) + "*", 0.5),
              0,
              1));
    }
    return sites;
  }

  private Location somewhere() {
    return new Location(random.nextDouble(-60, 70), random.nextDouble(-180, 180));
  }

  private static StoredAnnouncement announcement(
      String id, int number, Optional<Location> location) {
    return new StoredAnnouncement(
        new Announcement(
            id,
            new AnnouncementVersion(1, 1),
            Optional.empty(),
            List.of(
                ipv4(198, 18, number >> 8, number & 0xff),
                AddressLiteral.parse("2001:db8:1::" + Integer.toHexString(number + 1))),
            53,
            List.of(),
            List.of(),
            location,
            false,
            List.of()),
        false);
  }

  private static Policy chain(Step... steps) {
    return new Policy.Chain(Policy.Latency.DEFAULT, List.of(steps));
  }

  private static InetAddress ipv4(int... octets) {
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      address[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of this thread: the machine may have other work. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
