package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.dglb.net.AddressFamily;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlikePlacesTest {

  private static final int PLACES = 40;
  private static final Duration TIME_CONSTANT = Duration.ofMinutes(5);

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void placesWithTheSameNumberGetTheSameAnswersFromTheRanker(long seed) {
    Random random = new Random(seed);
    Service service = service(random, random.nextInt(3) == 0 ? 9 : 1 + random.nextInt(5));
    AdminStates said = said(random);
    AlikePlaces alike = new AlikePlaces(service, said);
    Map<Integer, List<Answers>> answers = new HashMap<>();
    for (int i = 0; i < PLACES; i++) {
      Place place = place(random);
      List<Answers> expected = answers(service, place, said);
      assertThat(expected)
          .as("%s for %s", place, service)
          .isEqualTo(answers.computeIfAbsent(number(alike, service, place), _ -> expected));
    }
  }

  @Test
  void whereTheNearestIsAnsweredThereAreNoMoreNumbersThanSites() {
    assertThat(numbers(Policy.Latency.DEFAULT)).isBetween(2, 4);
    assertThat(numbers(Policy.Sum.proximity(TIME_CONSTANT))).isBetween(2, 4);
  }

  @Test
  void distanceDoesNotTellPlacesApartWhereItDoesNotCount() {
    assertThat(numbers(new Policy.Failover(List.of("s2", "s0", "s1", "s3"), true, TIME_CONSTANT)))
        .isEqualTo(1);
  }

  @Test
  void placesWithACostOfTheirOwnAreToldApartByTheSiteThatIsCheapestThere() {
    assertThat(numbers(Policy.Sum.cheapest(TIME_CONSTANT))).as("s0, and s3 for lb-1*").isEqualTo(2);
    assertThat(
            numbers(
                new Policy.Chain(
                    new Policy.Failover(List.of("s3", "s2", "s1", "s0"), true, TIME_CONSTANT),
                    List.of(new Step.Within(Step.Measure.COST, 1)))))
        .as("s1, and s3 for lb-1*")
        .isEqualTo(2);
  }

  @Test
  void boundsOnDistanceGroupByWhoIsWithinThem() {
    Policy policy =
        new Policy.Chain(
            Policy.Latency.DEFAULT, List.of(new Step.Within(Step.Measure.KILOMETRES, 3_000)));

    assertThat(numbers(policy)).isBetween(5, 100);
  }

  /** How many numbers 500 places of their own have with four sites, of cost 0, 1, 2 and 3. */
  private static int numbers(Policy policy) {
    Random random = new Random(1);
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sites.add(
          new Site(
              "s" + i,
              List.of(
                  InetAddress.ofLiteral("192.0.2." + (i + 1)),
                  InetAddress.ofLiteral("2001:db8::" + (i + 1))),
              Optional.of(somewhere(random)),
              i,
              i == 3 ? Map.of("lb-1*", 0.0) : Map.of("lb-1*", 5.0),
              0,
              1));
    }
    Service service = service(sites, policy, Answering.DEFAULT, AllDown.DEFAULT);
    AlikePlaces alike = new AlikePlaces(service, AdminStates.NONE);
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Place place = new Place("lb-" + i, Optional.of(somewhere(random)));
      numbers.add(number(alike, service, place));
    }
    assertThat(numbers).contains(0).allMatch(it -> it < numbers.size());
    return numbers.size();
  }

  private static int number(AlikePlaces alike, Service service, Place place) {
    return alike.number(
        place,
        service.sites().stream()
            .mapToDouble(site ->
                place
                    .location()
                    .flatMap(here -> site.location().map(here::kilometresTo))
                    .orElse(AlikePlaces.NO_DISTANCE))
            .toArray());
  }

  private static List<Answers> answers(Service service, Place place, AdminStates said) {
    List<Answers> answers = new ArrayList<>();
    for (AddressFamily family : AddressFamily.values()) {
      Ranking ranking =
          Ranker.rank(
              service,
              family,
              place,
              _ -> SiteState.UNKNOWN,
              said,
              Optional.empty(),
              Instant.EPOCH);
      answers.add(Answered.answers(service, ranking));
    }
    return answers;
  }

  private static Service service(
      List<Site> sites, Policy policy, Answering answering, AllDown allDown) {
    Service usual = new Scene().site("any", Health.UP, 1).service();
    return new Service(
        usual.name(),
        usual.aliases(),
        usual.mode(),
        sites,
        usual.check(),
        policy,
        usual.ttls(),
        0,
        allDown,
        answering,
        Unannounced.ANSWER);
  }

  /** Of no site, of some or of all. */
  private static AdminStates said(Random random) {
    Map<String, AdminState> states = new HashMap<>();
    int share = random.nextInt(3);
    for (int i = 0; i < 10; i++) {
      if (random.nextInt(2) < share) {
        AdminState state = List.of(AdminState.values()).get(random.nextInt(3));
        states.put("s" + i, share == 2 ? AdminState.DOWN : state);
      }
    }
    return (_, site) -> Optional.ofNullable(states.get(site));
  }

  private static Service service(Random random, int count) {
    List<Site> sites = new ArrayList<>();
    boolean located = random.nextInt(3) > 0;
    for (int i = 0; i < count; i++) {
      boolean both = i == 0 || random.nextInt(3) == 0;
      boolean four = random.nextBoolean();
      List<InetAddress> addresses = new ArrayList<>();
      for (int more = 0; more < 1 + random.nextInt(2); more++) {
        if (both || four) {
          addresses.add(InetAddress.ofLiteral("192.0.2." + (10 * i + more + 1)));
        }
        if (both || !four) {
          addresses.add(InetAddress.ofLiteral("2001:db8::" + (10 * i + more + 1)));
        }
      }
      sites.add(
          new Site(
              "s" + i,
              random.nextInt(8) == 0 && i > 0 ? List.of() : addresses,
              located || random.nextBoolean() ? Optional.of(somewhere(random)) : Optional.empty(),
              1 + random.nextInt(3),
              random.nextBoolean()
                  ? Map.of()
                  : Map.of("lb-1*", 1.0 + random.nextInt(3), "lb-2", 0.5 * random.nextInt(5)),
              1,
              1 + random.nextInt(3)));
    }
    Policy policy = policy(random, sites.stream().map(Site::id).toList(), located);
    int addresses = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
    AllDown allDown =
        random.nextBoolean() ? AllDown.DEFAULT : new AllDown(AllDown.Rule.ALL, List.of());
    return service(sites, policy, new Answering(addresses, false), allDown);
  }

  private static Policy policy(Random random, List<String> ids, boolean located) {
    Policy order = order(random, ids, located);
    if (random.nextInt(3) == 0) {
      return order;
    }
    List<Step> steps = new ArrayList<>();
    IntStream.range(0, random.nextInt(4)).forEach(_ -> steps.add(narrowing(random, located)));
    if (random.nextInt(3) == 0) {
      steps.add(random.nextInt(steps.size() + 1), rules(random, ids));
    }
    if (random.nextBoolean()) {
      steps.add(
          switch (random.nextInt(4)) {
            case 0 -> new Step.Percentages(Map.of(ids.get(random.nextInt(ids.size())), 100.0));
            case 1 -> new Step.Weighted(Step.Weights.WEIGHT);
            case 2 -> new Step.RoundRobin();
            default -> new Step.Hash();
          });
    }
    return steps.isEmpty() ? order : new Policy.Chain(order, steps);
  }

  private static Policy order(Random random, List<String> ids, boolean located) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    return switch (random.nextInt(3)) {
      case 0 -> Policy.Latency.DEFAULT;
      case 1 -> new Policy.Failover(shuffled, true, TIME_CONSTANT);
      default ->
          new Policy.Sum(
              random.nextInt(4) == 0 ? 1 : 0,
              located ? random.nextInt(2) : 0,
              1 + random.nextInt(2) * 2_000,
              random.nextInt(2),
              Duration.ZERO,
              TIME_CONSTANT,
              new Score.Latency());
    };
  }

  private static Step narrowing(Random random, boolean located) {
    return switch (random.nextInt(located ? 7 : 6)) {
      case 0, 1, 2, 3 -> new Step.First(1 + random.nextInt(4));
      case 4 -> new Step.Within(Step.Measure.COST, random.nextInt(3));
      case 5 -> new Step.Within(Step.Measure.LATENCY, random.nextInt(50));
      default -> new Step.Within(Step.Measure.KILOMETRES, random.nextInt(8_000));
    };
  }

  private static Step rules(Random random, List<String> ids) {
    String some = ids.get(random.nextInt(ids.size()));
    String other = ids.get(random.nextInt(ids.size()));
    return new Step.Static(
        List.of(
            new Step.Static.Rule(List.of(Prefix.parse("192.0.2.0/24")), List.of(some)),
            new Step.Static.Rule(
                List.of(Prefix.parse("198.51.100.0/24")),
                some.equals(other) ? List.of(some) : List.of(other, some))));
  }

  private static Place place(Random random) {
    return new Place(
        "lb-" + random.nextInt(30),
        random.nextInt(10) == 0 ? Optional.empty() : Optional.of(somewhere(random)));
  }

  /** Many places stand on a few spots, so that some are equally far. */
  private static Location somewhere(Random random) {
    return random.nextBoolean()
        ? new Location(10 * random.nextInt(2), 10 * random.nextInt(2))
        : new Location(random.nextDouble(-60, 70), random.nextDouble(-180, 180));
  }
}
