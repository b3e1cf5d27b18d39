package net.dglb.bench.decisions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.decision.path.EstimatedSite;
import net.dglb.decision.path.KnownPaths;
import net.dglb.decision.path.MeasuredPath;
import net.dglb.decision.path.UnmeasuredClients;
import net.dglb.decision.path.VantagePoint;
import net.dglb.net.Location;

/**
 * Load balancers at some of the cities, clients at all. Whoever has one is answered by it; the
 * others are chosen for in several ways.
 */
final class PartialTrials {

  private static final int PART = 2;
  private static final List<String> OTHER_WAYS =
      List.of("network, resolver pinged", "network, nothing published", "nearest load balancer");
  private static final List<String> ALL_WAYS =
      List.of(
          "network",
          "network, by referral",
          "network, resolver pinged",
          "network, nothing published",
          "nearest load balancer",
          "geographic nearest",
          "round robin");
  private static final long NOW = Plan.WARM_UP.toNanos();

  private final RoundTripMatrix matrix;
  private final Plan plan;
  private final List<Double> fractions;
  private final List<Map<String, Tally>> tallies = new ArrayList<>();
  private final boolean others;

  /** Compares all ways. */
  PartialTrials(RoundTripMatrix matrix, Plan plan) {
    this(matrix, plan, true);
  }

  /** What the backbone answers beside what geography would, which takes half of the time. */
  static PartialTrials ofWhatIsAnswered(RoundTripMatrix matrix, Plan plan) {
    return new PartialTrials(matrix, plan, false);
  }

  private PartialTrials(RoundTripMatrix matrix, Plan plan, boolean others) {
    this.matrix = matrix;
    this.plan = plan;
    this.others = others;
    fractions = plan.fractions().stream().filter(fraction -> fraction < 1).toList();
    for (double _ : fractions) {
      Map<String, Tally> ways = new LinkedHashMap<>();
      ALL_WAYS.stream()
          .filter(way -> others || !OTHER_WAYS.contains(way))
          .forEach(way -> ways.put(way, new Tally()));
      tallies.add(ways);
    }
  }

  List<Result.Setting> run() {
    for (int trial = 0; trial < plan.trials() && !fractions.isEmpty(); trial++) {
      Draw draw = Draw.of(matrix, plan, PART, trial, Plan.WARM_UP);
      int[] order = Draw.distinct(matrix.size(), matrix.size(), draw.random());
      int most = fractions.stream().mapToInt(this::cities).max().orElse(0);
      for (int city : Arrays.copyOf(order, most)) {
        draw.loadBalancers().get(city).advance(Plan.WARM_UP);
      }
      for (int i = 0; i < fractions.size(); i++) {
        int[] cities = Arrays.copyOf(order, cities(fractions.get(i)));
        new Survey(draw, cities, tallies.get(i)).run();
      }
    }
    List<Result.Setting> settings = new ArrayList<>();
    for (int i = 0; i < fractions.size(); i++) {
      Map<String, Tally> ways = tallies.get(i);
      Tally geographic = ways.getOrDefault("geographic nearest", new Tally());
      List<Result.Row> rows =
          ways.entrySet().stream()
              .map(way -> Result.Row.of(way.getKey(), way.getValue(), geographic))
              .toList();
      settings.add(
          new Result.Setting(fractions.get(i), plan.trials(), rows, changes(fractions.get(i))));
    }
    return settings;
  }

  private int cities(double fraction) {
    return Math.max(1, (int) Math.round(fraction * matrix.size()));
  }

  private Optional<Result.Changes> changes(double fraction) {
    return Optional.of(new PartialDays(matrix, plan).run(fraction))
        .filter(changes -> changes.clientDays() > 0);
  }

  /** One site set, one set of load balancers, one moment. */
  private final class Survey {
    private final Draw draw;
    private final Map<String, Tally> ways;
    private final Map<Integer, SimulatedLoadBalancer> byCity = new LinkedHashMap<>();
    private final Map<String, SimulatedLoadBalancer> byId = new HashMap<>();
    private final SimulatedBackbone backbone;
    private final UnmeasuredClients clients;
    private final UnmeasuredClients withoutPublished;

    Survey(Draw draw, int[] cities, Map<String, Tally> ways) {
      this.draw = draw;
      this.ways = ways;
      for (int city : cities) {
        SimulatedLoadBalancer it = draw.loadBalancers().get(city);
        byCity.put(city, it);
        byId.put(it.id(), it);
      }
      backbone = new SimulatedBackbone(matrix, draw.service(), byCity.values(), Plan.WARM_UP);
      clients = clients(KnownPaths.PUBLISHED);
      withoutPublished = clients(List.of());
    }

    private UnmeasuredClients clients(List<MeasuredPath> known) {
      List<VantagePoint> points =
          byCity.values().stream().map(SimulatedLoadBalancer::vantagePoint).toList();
      Map<String, Optional<Location>> sites = new HashMap<>();
      for (int site = 0; site < draw.internet().sites().length; site++) {
        if (!mostHoldDown(site)) {
          Location location = matrix.location(draw.internet().sites()[site]);
          sites.put(SimulatedService.id(site), Optional.of(location));
        }
      }
      return new UnmeasuredClients(sites, points, known);
    }

    private boolean mostHoldDown(int site) {
      return byCity.values().stream().filter(it -> it.holdsDown(site)).count() * 2 > byCity.size();
    }

    void run() {
      for (int city = 0; city < matrix.size(); city++) {
        add("geographic nearest", city, matrix.nearest(city, draw.internet().sites()));
        add("round robin", city, draw.random().nextInt(draw.internet().sites().length));
        SimulatedLoadBalancer beside = byCity.get(city);
        if (beside == null) {
          chooseFor(city);
        } else {
          measuredWays().forEach(way -> add(way, beside.city(), beside.answer()));
        }
      }
    }

    private void chooseFor(int city) {
      add("network", city, backbone.site(city));
      SimulatedLoadBalancer referred = byId.get(backbone.referral(city));
      add("network, by referral", city, Objects.requireNonNull(referred).answer());
      if (others) {
        chooseOtherwiseFor(city);
      }
    }

    private void chooseOtherwiseFor(int city) {
      Location location = matrix.location(city);
      add("network, resolver pinged", city, best(clients.sites(location, pings(city))));
      add("network, nothing published", city, best(withoutPublished.sites(location)));
      SimulatedLoadBalancer nearest =
          byCity.values().stream()
              .min(Comparator.comparingDouble(it -> matrix.kilometres(city, it.city())))
              .orElseThrow();
      add("nearest load balancer", city, nearest.answer());
    }

    private int best(List<EstimatedSite> sites) {
      return SimulatedService.number(sites.getFirst().siteId());
    }

    /** Averages of so many pings that what is left of the jitter does not matter. */
    private Map<String, Double> pings(int city) {
      return byCity.values().stream()
          .collect(
              Collectors.toMap(SimulatedLoadBalancer::id, it -> matrix.millis(it.city(), city)));
    }

    private Set<String> measuredWays() {
      return ALL_WAYS.subList(0, 5).stream().collect(Collectors.toSet());
    }

    private void add(String way, int city, int site) {
      ways.getOrDefault(way, new Tally()).add(draw.internet(), city, site, NOW);
    }
  }
}
