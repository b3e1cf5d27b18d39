package net.dglb.decision;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.StatusRange;
import net.dglb.service.Ttls;
import net.dglb.service.Unannounced;

/** A service in the making and what a place in Berlin knows of it. Sites get addresses in turn. */
final class Scene {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final HealthCheck CHECK =
      new HealthCheck(
              HealthCheck.Kind.HTTP,
              80,
              "/",
              "www.example.org",
              Duration.ofSeconds(30),
              Duration.ofSeconds(5),
              2,
              3,
              List.of(new StatusRange(200, 399)))
          .with(
              new Exchange(
                  "GET",
                  List.of(),
                  Optional.empty(),
                  0,
                  false,
                  "A",
                  Optional.of("X-Load"),
                  Optional.empty()));

  private final List<Site> sites = new ArrayList<>();
  private final Map<ProbeTarget, SiteState> states = new HashMap<>();
  private Duration margin = Duration.ofMillis(5);
  private final Map<String, AdminState> said = new HashMap<>();
  private AllDown allDown = AllDown.DEFAULT;
  private Answering answering = Answering.DEFAULT;
  private Optional<Policy> policy = Optional.empty();
  private Score score = new Score.Latency();
  private Place place = new Place("lb-ber-1", Optional.of(new Location(52.5, 13.4)));
  private Optional<Ranking> previous = Optional.empty();
  private Instant now = NOW;

  Scene margin(Duration newMargin) {
    margin = newMargin;
    return this;
  }

  Scene said(String id, AdminState state) {
    said.put(id, state);
    return this;
  }

  Scene answers(Answering newAnswering) {
    answering = newAnswering;
    return this;
  }

  Scene allDown(AllDown rule) {
    allDown = rule;
    return this;
  }

  /** A measured site whose last results point to another health. */
  Scene changing(String id, Health health, double latencyMillis) {
    Estimate estimate = new Estimate(latencyMillis, 0, 1, now);
    return add(id, new SiteState(Optional.of(estimate), health, false, true), Optional.empty());
  }

  Scene policy(Policy newPolicy) {
    policy = Optional.of(newPolicy);
    return this;
  }

  /** A measured site in a place, with a cost. */
  Scene priced(String id, Health health, double latencyMillis, double longitude, double cost) {
    return priced(id, health, latencyMillis, longitude, cost, Map.of());
  }

  Scene priced(
      String id,
      Health health,
      double latencyMillis,
      double longitude,
      double cost,
      Map<String, Double> costAt) {
    InetAddress address = nextAddress();
    Location location = new Location(52.5, longitude);
    sites.add(new Site(id, List.of(address), Optional.of(location), cost, costAt, 0, 1));
    Estimate estimate = new Estimate(latencyMillis, 0, 1, now);
    states.put(new ProbeTarget(address, CHECK), new SiteState(Optional.of(estimate), health));
    return this;
  }

  /** A measured site with a weight that reports a load. */
  Scene loaded(String id, Health health, double latencyMillis, double weight, double load) {
    InetAddress address = nextAddress();
    sites.add(new Site(id, List.of(address), Optional.empty(), 0, Map.of(), 100 * weight, weight));
    Estimate estimate = new Estimate(latencyMillis, 0, 0, 1, now, OptionalDouble.of(load));
    states.put(new ProbeTarget(address, CHECK), new SiteState(Optional.of(estimate), health));
    return this;
  }

  Scene score(Score newScore) {
    score = newScore;
    return this;
  }

  Scene later(Duration by) {
    now = NOW.plus(by);
    return this;
  }

  Scene withoutPlace() {
    place = new Place("lb-1", Optional.empty());
    return this;
  }

  Scene after(Ranking ranking) {
    previous = Optional.of(ranking);
    return this;
  }

  Scene site(String id, Health health, double latencyMillis) {
    return site(id, health, latencyMillis, now, false);
  }

  Scene site(String id, Health health, double latencyMillis, Instant updated, boolean saved) {
    Estimate estimate = new Estimate(latencyMillis, 0, 1, updated);
    return add(id, new SiteState(Optional.of(estimate), health, saved), Optional.empty());
  }

  /** A measured site that is probed as rarely as that. */
  Scene every(Duration interval, String id, double latencyMillis, Duration age) {
    OptionalDouble none = OptionalDouble.empty();
    Estimate estimate = new Estimate(latencyMillis, 0, 0, 1, now.minus(age), none, none, interval);
    return add(id, new SiteState(Optional.of(estimate), Health.UP), Optional.empty());
  }

  Scene lossy(String id, double latencyMillis, double loss) {
    Estimate estimate = new Estimate(latencyMillis, loss, 1, now);
    return add(id, new SiteState(Optional.of(estimate), Health.UP), Optional.empty());
  }

  Scene unmeasured(String id, Health health) {
    return add(id, new SiteState(Optional.empty(), health), Optional.empty());
  }

  Scene unmeasured(String id, Health health, double latitude, double longitude) {
    return add(
        id,
        new SiteState(Optional.empty(), health),
        Optional.of(new Location(latitude, longitude)));
  }

  private Scene add(String id, SiteState state, Optional<Location> location) {
    InetAddress address = nextAddress();
    sites.add(new Site(id, List.of(address), location));
    states.put(new ProbeTarget(address, CHECK), state);
    return this;
  }

  /** 192.0.2.1 and up. */
  private InetAddress nextAddress() {
    int number = sites.size() + 1;
    String host = (2 + number / 256) + "." + number % 256;
    return InetAddress.ofLiteral("192.0." + host);
  }

  Ranking rank() {
    return rank(AddressFamily.IPV4);
  }

  Ranking rank(AddressFamily family) {
    return Ranker.rank(
        service(),
        family,
        place,
        target -> states.getOrDefault(target, SiteState.UNKNOWN),
        (_, site) -> Optional.ofNullable(said.get(site)),
        previous,
        now);
  }

  Service service() {
    return new Service(
        DomainName.of("www.example.org"),
        List.of(),
        Mode.ANSWER,
        sites,
        CHECK,
        policy.orElseGet(() -> new Policy.Latency(margin, Duration.ofMinutes(5), score)),
        Ttls.DEFAULT,
        0,
        allDown,
        answering,
        Unannounced.ANSWER);
  }

  /** The site ids, best first. */
  static List<String> ids(Ranking ranking) {
    return ranking.order().stream().map(RankedSite::siteId).toList();
  }

  /** The reasons, best first. */
  static List<Reason> reasons(Ranking ranking) {
    return ranking.order().stream().map(RankedSite::reason).toList();
  }
}
