package net.dglb.backbone.refer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.decision.AdminState;
import net.dglb.decision.AdminStates;
import net.dglb.decision.Answered;
import net.dglb.decision.Estimates;
import net.dglb.decision.Ranking;
import net.dglb.decision.path.EstimatedPlace;
import net.dglb.decision.path.EstimatedRanker;
import net.dglb.decision.path.StatesAround;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.AddressFamily;
import net.dglb.net.Location;
import net.dglb.service.Service;

/**
 * What one service answers at places where nobody measures. A place is ranked again when it was
 * estimated again, when operators say something else, and when a site's health changes around it;
 * its last rankings are remembered, so that equal sites do not take turns. Lives on the control
 * thread.
 */
final class EstimatedAnswers {

  /** Stands for a place that is one too many: whoever is there is referred. */
  static final AddressSets NOTHING = AddressSets.of(0, List.of());

  /** How long what is known around places is good for. */
  private static final Duration AGE = Duration.ofSeconds(2);

  /** What certain load balancers know; the number changes with any target's health. */
  private record Around(StatesAround states, int number) {}

  /** The rankings of a place, what they were made of, and the answers made of them. */
  private record Ranked(
      EstimatedPlace place,
      Around around,
      Instant since,
      Ranking ipv4,
      Ranking ipv6,
      List<LabelRankings.Best> best,
      AddressSets addresses) {

    Ranking of(AddressFamily family) {
      return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    boolean isOf(EstimatedPlace other, Around now) {
      return place.equals(other) && around.number() == now.number();
    }
  }

  private final Service service;
  private final LabelRankings rankings;
  private final Function<String, Optional<Estimates>> loadBalancers;
  private List<Optional<AdminState>> said = List.of();
  private Instant gathered = Instant.EPOCH;
  private Map<List<String>, Around> around = new HashMap<>();
  private int numbers;
  private List<EstimatedPlace> places = List.of();
  private Map<Location, Ranked> ranked = new HashMap<>();
  private final Map<List<LabelRankings.Best>, AddressSets> compiled = new HashMap<>();
  private Map<Location, AddressSets> answered = Map.of();
  private Optional<Places> tableOf = Optional.empty();
  private PlaceTable<AddressSets> table = PlaceTable.none();

  /**
   * Nothing is answered yet.
   *
   * @param loadBalancers what each one knows that is in service, by its id
   */
  EstimatedAnswers(
      Service service,
      LabelRankings rankings,
      Function<String, Optional<Estimates>> loadBalancers) {
    this.service = service;
    this.rankings = rankings;
    this.loadBalancers = loadBalancers;
  }

  boolean isOf(Service other) {
    return service.equals(other);
  }

  /**
   * The answers in the numbers of places; the same object while nothing changes.
   *
   * @param estimated the places
   * @param most how many of them may be answered; the rest is not
   */
  PlaceTable<AddressSets> table(
      List<EstimatedPlace> estimated, int most, Places index, Instant now) {
    List<Optional<AdminState>> saidNow = rankings.said(service);
    boolean saysOtherwise = !saidNow.equals(said);
    boolean due = saysOtherwise || !now.isBefore(gathered.plus(AGE));
    boolean sameNumbers = tableOf.equals(Optional.of(index));
    if (!due && sameNumbers && estimated.equals(places)) {
      return table;
    }
    said = saidNow;
    places = estimated;
    ranked = rank(most, due, saysOtherwise, now);
    Map<Location, AddressSets> before = answered;
    answered = answered();
    if (!sameNumbers || !answered.equals(before)) {
      table = compile(index);
      tableOf = Optional.of(index);
    }
    return table;
  }

  private Map<Location, Ranked> rank(int most, boolean due, boolean saysOtherwise, Instant now) {
    Map<List<String>, Around> nextAround = new HashMap<>();
    Map<Location, Ranked> next = new HashMap<>();
    for (EstimatedPlace place : places.subList(0, Math.min(most, places.size()))) {
      if (place.isFounded()) {
        Around known = nextAround.computeIfAbsent(place.around(), ids -> around(ids, due, now));
        Optional<Ranked> before = Optional.ofNullable(ranked.get(place.location()));
        next.put(
            place.location(),
            before
                .filter(it -> !saysOtherwise && it.isOf(place, known))
                .orElseGet(() -> rank(place, known, before, now)));
      }
    }
    around = nextAround;
    gathered = due ? now : gathered;
    return next;
  }

  private Around around(List<String> ids, boolean due, Instant now) {
    Around before = around.get(ids);
    if (before != null && !due) {
      return before;
    }
    StatesAround states = states(service, ids, now);
    return before != null && before.states().isAsHealthyAs(states)
        ? new Around(states, before.number())
        : new Around(states, ++numbers);
  }

  private StatesAround states(Service what, List<String> ids, Instant now) {
    List<Estimates> known = ids.stream().flatMap(id -> loadBalancers.apply(id).stream()).toList();
    return StatesAround.of(what, known, now);
  }

  private Ranked rank(EstimatedPlace place, Around known, Optional<Ranked> before, Instant now) {
    Ranking ipv4 = rank(AddressFamily.IPV4, place, known, before);
    Ranking ipv6 = rank(AddressFamily.IPV6, place, known, before);
    List<LabelRankings.Best> best =
        List.of(rankings.best(service, ipv4), rankings.best(service, ipv6));
    Optional<Instant> same = before.filter(it -> it.best().equals(best)).map(Ranked::since);
    Ranked next =
        new Ranked(
            place,
            known,
            same.orElse(now),
            ipv4,
            ipv6,
            best,
            compiled.computeIfAbsent(best, it -> rankings.compile(service, it)));
    if (same.isEmpty()) {
      rankings
          .listener()
          .answered(
              OwnPlace.near(service.name(), place.location()),
              before.map(it -> () -> own(it)),
              () -> own(next));
    }
    return next;
  }

  private Ranking rank(
      AddressFamily family, EstimatedPlace place, Around known, Optional<Ranked> before) {
    OwnPlace near = OwnPlace.near(service.name(), place.location());
    Optional<Ranking> previous =
        before.isEmpty()
            ? rankings.saved().of(near, service, family)
            : before.map(it -> it.of(family));
    Ranking ranking = rank(family, place, known, rankings.said(), previous);
    rankings.saved().keep(near, before.map(it -> it.of(family)), ranking, false);
    return ranking;
  }

  private OwnAnswer own(Ranked known) {
    return new OwnAnswer(
        service, true, answer(known, AddressFamily.IPV4), answer(known, AddressFamily.IPV6));
  }

  private PlaceAnswer answer(Ranked known, AddressFamily family) {
    return answer(known, known.of(family), Optional.of(known.since()));
  }

  private PlaceAnswer answer(Ranked known, Ranking ranking, Optional<Instant> since) {
    return new PlaceAnswer(
        true,
        EstimatedRanker.place(known.place()),
        ranking,
        Answered.answers(service, ranking),
        rankings.ttl(service, ranking),
        since);
  }

  private Ranking rank(
      AddressFamily family,
      EstimatedPlace place,
      Around known,
      AdminStates admin,
      Optional<Ranking> previous) {
    rankings.count();
    return EstimatedRanker.rank(service, family, place, known.states(), admin, previous);
  }

  /** By place; none where nothing was measured that could be estimated from. */
  private Map<Location, AddressSets> answered() {
    Map<Location, AddressSets> all = new HashMap<>();
    for (EstimatedPlace place : places) {
      Ranked known = ranked.get(place.location());
      if (place.isFounded()) {
        all.put(place.location(), known == null ? NOTHING : known.addresses());
      }
    }
    return all;
  }

  private PlaceTable<AddressSets> compile(Places index) {
    Map<Integer, AddressSets> byPlace = new HashMap<>();
    answered.forEach((location, addresses) -> {
      int number = index.at(location);
      if (number != Places.NONE) {
        byPlace.put(number, addresses);
      }
    });
    compiled.clear();
    ranked.values().forEach(each -> compiled.put(each.best(), each.addresses()));
    return new PlaceTable<>(byPlace);
  }

  /** Tells what is answered at each place. */
  void collect(PlaceShares shares) {
    ranked.values().forEach(it -> shares.add(service, it.best()));
  }

  /** Whether a place would be answered otherwise, were the service as told. */
  boolean isAnsweredOtherwise(Service then, Location place, Instant now) {
    Ranked known = ranked.get(place);
    return known == null || !foretold(service, known, now).equals(foretold(then, known, now));
  }

  private List<LabelRankings.Best> foretold(Service then, Ranked known, Instant now) {
    StatesAround states = states(then, known.place().around(), now);
    return Stream.of(AddressFamily.values())
        .map(family ->
            EstimatedRanker.rank(
                then,
                family,
                known.place(),
                states,
                rankings.said(),
                Optional.of(known.of(family))))
        .map(ranking -> rankings.best(then, ranking))
        .toList();
  }

  /**
   * What is answered at a place with one family, and why; empty if nothing is estimated there.
   *
   * @param without ids of sites that are to count as taken out
   */
  Optional<PlaceAnswer> explain(AddressFamily family, Location place, Set<String> without) {
    return Optional.ofNullable(ranked.get(place))
        .map(known ->
            without.isEmpty()
                ? answer(known, family)
                : answer(
                    known,
                    rank(
                        family,
                        known.place(),
                        known.around(),
                        rankings.said().without(without),
                        Optional.of(known.of(family))),
                    Optional.empty()));
  }
}
