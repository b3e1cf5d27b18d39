package net.dglb.mapping.convert;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import net.dglb.decision.AdminState;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.DelegationForm;
import net.dglb.service.Download;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.HttpsBinding;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.StatusRange;
import net.dglb.service.Step;
import net.dglb.service.Ttls;
import net.dglb.service.Unannounced;

/** Generated values of the model, the same for the same seed. */
final class Samples {

  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  Announcement announcement(int prefixes) {
    return new Announcement(
        "lb-" + random.nextInt(1000),
        new AnnouncementVersion(random.nextInt(5), 1 + random.nextInt(1000)),
        maybe(() -> Instant.ofEpochMilli(1 + random.nextLong(1L << 41))),
        list(1 + random.nextInt(4), this::address),
        1 + random.nextInt(65535),
        list(random.nextInt(prefixes + 1), this::prefix),
        list(random.nextInt(prefixes + 1), this::prefix),
        maybe(this::location),
        random.nextBoolean(),
        list(random.nextInt(3), this::endpoint));
  }

  EnterpriseZone zone(int services) {
    DomainName origin = DomainName.of("lb.foobar" + random.nextInt(100) + ".example");
    List<Service> list = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      list.add(service(origin.child("www" + i), "www" + i));
    }
    return new EnterpriseZone(
        "foobar", origin, DelegationForm.ALIASED, random.nextBoolean(), random.nextInt(100), list);
  }

  PlaceEstimates estimates(int targets) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    for (int i = 0; i < targets; i++) {
      states.put(
          new ProbeTarget(address(), check(), Duration.ofSeconds(1 + random.nextInt(600))),
          state());
    }
    return new PlaceEstimates("lb-" + random.nextInt(1000), states);
  }

  LabelDuty duty() {
    return new LabelDuty(
        "lb-" + random.nextInt(1000),
        DomainName.of("www.lb.foobar.example"),
        random.nextInt(100),
        random.nextBoolean(),
        maybe(this::location),
        list(random.nextInt(4), () -> DomainName.of("n" + random.nextInt(99) + ".ns.example")),
        Duration.ofSeconds(random.nextInt(86_400)));
  }

  ZoneDelegation delegation() {
    return new ZoneDelegation(
        DomainName.of("lb.foobar.example"),
        list(
            1 + random.nextInt(3),
            () ->
                new ZoneDelegation.NameServer(
                    DomainName.of("b" + random.nextInt(99) + ".dglb.example"),
                    list(1 + random.nextInt(3), this::address))),
        Duration.ofSeconds(1 + random.nextInt(86_400)),
        list(random.nextInt(3), this::signer));
  }

  NetworkSayings sayings(int count) {
    Sayings sayings = Sayings.NONE;
    for (int i = 0; i < count; i++) {
      sayings =
          sayings.with(
              new Saying(
                  SitePattern.parse("www" + i + ".*/site-?"),
                  one(AdminState.values()),
                  "ann",
                  "w\u00f6rks ".repeat(random.nextInt(50)) + i,
                  Instant.ofEpochMilli(random.nextInt())));
    }
    return new NetworkSayings(1 + random.nextInt(9), sayings);
  }

  private DelegationSigner signer() {
    byte[] data = new byte[36];
    random.nextBytes(data);
    return DelegationSigner.of(data);
  }

  NodeEndpoints node(boolean located) {
    return new NodeEndpoints(
        "n" + random.nextInt(1000),
        list(1 + random.nextInt(3), this::endpoint),
        located ? maybe(this::location) : Optional.empty());
  }

  private Service service(DomainName name, String label) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      sites.add(
          new Site(
              "site" + i,
              list(1 + random.nextInt(2), this::address),
              maybe(this::location),
              random.nextInt(100),
              random.nextBoolean() ? Map.of() : Map.of("lb-nyc-*", 2.5, "lb-fra-1", 0.0),
              random.nextInt(10_000),
              0.1 + random.nextDouble()));
    }
    Ttls ttls =
        new Ttls(
            Duration.ofSeconds(7200 + random.nextInt(90_000)),
            Duration.ofSeconds(600 + random.nextInt(3600)),
            Duration.ofSeconds(10 + random.nextInt(590)),
            Duration.ofSeconds(1 + random.nextInt(10)));
    HealthCheck check = check();
    return new Service(
        name,
        random.nextBoolean() ? List.of() : List.of(DomainName.of(label + ".foobar.example")),
        Mode.ANSWER,
        sites,
        check,
        policy(sites, check.exchange().download().isPresent()),
        ttls,
        random.nextInt(50),
        allDown(),
        answering(),
        Unannounced.REFER);
  }

  private Policy policy(List<Site> sites, boolean measuresThroughput) {
    Duration margin = Duration.ofNanos(1000L * random.nextInt(10_000_000));
    Duration timeConstant = Duration.ofMillis(1000 + random.nextInt(80_000_000));
    Score score =
        switch (random.nextInt(measuresThroughput ? 3 : 2)) {
          case 0 -> new Score.Latency();
          case 2 -> new Score.Transfer(1000 + random.nextInt(1_000_000));
          default -> new Score.Download(Duration.ofMillis(random.nextInt(10_001)));
        };
    return switch (random.nextInt(5)) {
      case 0 -> new Policy.Latency(margin, timeConstant, score);
      case 1 -> new Policy.Sum(1 + random.nextInt(9), 0, 0, 0, margin, timeConstant, score);
      case 2 ->
          new Policy.Chain(
              new Policy.Latency(margin, timeConstant, score), steps(sites.getFirst()));
      case 3 ->
          new Policy.Failover(
              sites.stream().map(Site::id).toList(),
              true,
              Duration.ofMillis(random.nextInt(600_000)),
              timeConstant);
      default ->
          new Policy.Failover(
              sites.stream().map(Site::id).toList(), random.nextBoolean(), timeConstant);
    };
  }

  private List<Step> steps(Site site) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Within(Step.Measure.LATENCY, random.nextInt(100)));
    steps.add(new Step.First(1 + random.nextInt(3)));
    steps.add(
        new Step.Static(
            List.of(
                new Step.Static.Rule(
                    List.of(Prefix.containing(address(), random.nextInt(32))),
                    List.of(site.id())))));
    steps.add(
        switch (random.nextInt(4)) {
          case 0 -> new Step.Percentages(Map.of(site.id(), 100.0));
          case 1 -> new Step.Weighted(Step.Weights.WEIGHT);
          case 2 -> new Step.RoundRobin();
          default -> new Step.Hash();
        });
    return steps;
  }

  private Answering answering() {
    return new Answering(
        2 + random.nextInt(3),
        random.nextBoolean(),
        maybe(() -> new HttpsBinding(List.of("h3", "h2"), random.nextBoolean(), 8443)));
  }

  private AllDown allDown() {
    AllDown.Rule rule = one(AllDown.Rule.values());
    int addresses = rule == AllDown.Rule.FALLBACK ? 1 + random.nextInt(3) : 0;
    return new AllDown(rule, list(addresses, this::address));
  }

  private HealthCheck check() {
    HealthCheck.Kind kind = one(HealthCheck.Kind.values());
    return new HealthCheck(
        kind,
        kind == HealthCheck.Kind.ICMP ? 0 : 1 + random.nextInt(65535),
        "/health",
        "www.foobar.example",
        Duration.ofMillis(1000 + random.nextInt(60_000)),
        Duration.ofMillis(10 + random.nextInt(900)),
        1 + random.nextInt(5),
        1 + random.nextInt(5),
        List.of(new StatusRange(200, 200 + random.nextInt(300))),
        Duration.ofMillis(random.nextInt(600_000)),
        exchange());
  }

  private Exchange exchange() {
    return random.nextBoolean()
        ? Exchange.USUAL
        : new Exchange(
            "GET",
            list(random.nextInt(3), () -> new Exchange.Header("X-" + random.nextInt(9), "a b")),
            random.nextBoolean() ? Optional.empty() : Optional.of("well"),
            random.nextInt(11),
            random.nextBoolean(),
            random.nextBoolean() ? "A" : "SOA",
            Optional.of("X-Load"),
            random.nextBoolean() ? Exchange.LoadUnit.SHARE : Exchange.LoadUnit.CAPACITY,
            maybe(() ->
                new Download(
                    "/object",
                    10_000 + random.nextInt(1_000_000),
                    Duration.ofMinutes(1 + random.nextInt(60)))));
  }

  private SiteState state() {
    Supplier<Estimate> estimate =
        () ->
            new Estimate(
                random.nextDouble() * 500,
                random.nextDouble(),
                random.nextDouble() * 50,
                1 + random.nextInt(100),
                Instant.ofEpochMilli(1_767_225_600_000L + random.nextInt(1_000_000)),
                random.nextBoolean()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(random.nextDouble()),
                random.nextBoolean()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(1 + random.nextDouble() * 1e9),
                Duration.ofMillis(random.nextInt(1_000_000)));
    return new SiteState(
        maybe(estimate), one(Health.values()), random.nextBoolean(), random.nextBoolean());
  }

  /** Of documentation ranges, so that nothing is special about it. */
  InetAddress address() {
    byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(octets);
    byte[] start =
        octets.length == 4
            ? new byte[] {(byte) 198, 18}
            : new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8};
    System.arraycopy(start, 0, octets, 0, start.length);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  Prefix prefix() {
    InetAddress address = address();
    return Prefix.containing(address, random.nextInt(address.getAddress().length * 8 + 1));
  }

  private Endpoint endpoint() {
    return new Endpoint(address(), 1 + random.nextInt(65535));
  }

  private Location location() {
    return new Location(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180);
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static <T> List<T> list(int size, Supplier<T> value) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(value.get());
    }
    return values;
  }
}
