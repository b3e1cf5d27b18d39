package net.dglb.backbone.refer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.decision.AdminState;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answered;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.decision.Estimates;
import net.dglb.decision.Place;
import net.dglb.decision.Ranker;
import net.dglb.decision.Ranking;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.Answering;
import net.dglb.service.Mode;
import net.dglb.service.Service;

/**
 * Ranks the sites of a service for the place of a label in use, and remembers the last ranking of
 * each, so that a place whose load balancer is gone keeps its order. Ranks again what has changed,
 * and the rest now and then, since measurements age. Lives on the control thread.
 */
final class LabelRankings {

  /** How long a ranking is good for if nothing changes: this and up to as long again. */
  private static final Duration AGE = Duration.ofSeconds(15);

  private static final int SPREAD = 64;

  private record Key(DomainName service, String place) {}

  /** The last rankings of a label, what they were made of, and the answers made of them. */
  private record Ranked(
      Service service,
      Place place,
      long revision,
      Sayings said,
      Instant until,
      Instant since,
      Ranking ipv4,
      Ranking ipv6,
      List<Best> best,
      AddressSets addresses) {

    Ranking of(AddressFamily family) {
      return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    boolean isOf(Place there, EstimateTable estimates, Sayings sayings, Instant now) {
      return said.equals(sayings)
          && now.isBefore(until)
          && place.equals(there)
          && (revision == estimates.revision(place.id())
              || revision >= estimates.revision(place.id(), service));
    }
  }

  /**
   * All of a ranking that shows in an answer.
   *
   * @param shares of the answers by site; reckoned once, since they are told every few seconds
   */
  record Best(Answers answers, Answering answering, int ttlSeconds, Map<String, Double> shares) {}

  private final EstimateTable estimates;
  private final Supplier<Sayings> operators;
  private final ObservedAnswers observed;
  private OwnAnswers listener = OwnAnswers.UNHEARD;
  private SavedOrders saved = new SavedOrders(new HashMap<>(), () -> {});
  private int shortTtlSeconds;
  private Map<Key, Ranked> last = new HashMap<>();
  private Map<Key, Ranked> next = new HashMap<>();
  private Map<DomainName, FirstAnswers> lastFirst = new HashMap<>();
  private Map<DomainName, FirstAnswers> nextFirst = new HashMap<>();
  private Sayings said = Sayings.NONE;
  private long made;

  /**
   * Ranks by these estimates.
   *
   * @param operators what they say of sites now
   * @param observed counts what is answered
   * @param shortTtlSeconds of addresses whose order rests on no measurement
   */
  LabelRankings(
      EstimateTable estimates,
      Supplier<Sayings> operators,
      ObservedAnswers observed,
      int shortTtlSeconds) {
    this.estimates = estimates;
    this.observed = observed;
    this.operators = operators;
    this.shortTtlSeconds = shortTtlSeconds;
  }

  /** Who hears of what is answered otherwise by this node itself. */
  void onAnswer(OwnAnswers hears) {
    listener = hears;
  }

  /** Goes on with what was answered before the start. */
  void use(SavedOrders orders) {
    saved = orders;
  }

  /** What was answered before the start. */
  SavedOrders saved() {
    return saved;
  }

  /** Who hears of what is answered otherwise by this node itself. */
  OwnAnswers listener() {
    return listener;
  }

  /**
   * What the label address answers for a service at a place: the same object as the last time if
   * the answer is the same.
   */
  AddressSets addresses(Service service, Place place, Instant now) {
    Key key = new Key(service.name(), place.id());
    Optional<Ranked> before = Optional.ofNullable(last.get(key));
    Ranked ranked =
        before
            .filter(it -> it.service().equals(service))
            .filter(it -> it.isOf(place, estimates, said, now))
            .orElseGet(() -> rank(service, place, before, now));
    next.put(key, ranked);
    tell(key, before, ranked);
    return ranked.addresses();
  }

  /** Other labels are answered by load balancers. */
  private void tell(Key key, Optional<Ranked> before, Ranked ranked) {
    boolean same = before.filter(it -> it.best().equals(ranked.best())).isPresent();
    if (ranked.service().mode() == Mode.DIRECT && !same) {
      listener.answered(
          OwnPlace.ofLabel(key.service(), key.place()),
          before.filter(it -> it.service().mode() == Mode.DIRECT).map(it -> () -> own(it)),
          () -> own(ranked));
    }
  }

  private OwnAnswer own(Ranked ranked) {
    return new OwnAnswer(
        ranked.service(),
        false,
        answer(ranked, AddressFamily.IPV4),
        answer(ranked, AddressFamily.IPV6));
  }

  private PlaceAnswer answer(Ranked ranked, AddressFamily family) {
    return answer(
        ranked.service(), ranked.place(), ranked.of(family), true, Optional.of(ranked.since()));
  }

  private PlaceAnswer answer(
      Service service, Place place, Ranking ranking, boolean inUse, Optional<Instant> since) {
    return new PlaceAnswer(
        inUse, place, ranking, Answered.answers(service, ranking), ttl(service, ranking), since);
  }

  /** What shows of the rankings by family where nothing is measured: the nearest site. */
  List<Best> unmeasured(Service service, Place place) {
    List<Best> best = new ArrayList<>();
    for (AddressFamily family : AddressFamily.values()) {
      made++;
      best.add(best(service, unmeasured(service, family, place)));
    }
    return best;
  }

  private Ranking unmeasured(Service service, AddressFamily family, Place place) {
    return Ranker.rank(
        service, family, place, _ -> SiteState.UNKNOWN, said, Optional.empty(), Instant.EPOCH);
  }

  /**
   * What the label address answers for a service at a place with one family, and why: from the
   * ranking of a label in use, else the nearest site.
   *
   * @param without ids of sites that are to count as taken out
   */
  PlaceAnswer explain(
      Service service, AddressFamily family, Place place, Set<String> without, Instant now) {
    Optional<Ranked> used =
        Optional.ofNullable(last.get(new Key(service.name(), place.id())))
            .filter(it -> it.service().equals(service));
    if (without.isEmpty()) {
      return used.map(it -> answer(it, family))
          .orElseGet(() -> explainUnused(service, family, place));
    }
    Ranking ranking =
        Ranker.rank(
            service,
            family,
            place,
            estimates.at(place.id()),
            said.without(without),
            used.map(it -> it.of(family)),
            now);
    return answer(service, place, ranking, used.isPresent(), Optional.empty());
  }

  /** The same of a label that is not in use. */
  PlaceAnswer explainUnused(Service service, AddressFamily family, Place place) {
    return answer(service, place, unmeasured(service, family, place), false, Optional.empty());
  }

  /** The ranking that a label in use rests on, or what it would be for one that is not. */
  Ranking current(Service service, AddressFamily family, Place place, Instant now) {
    return Optional.ofNullable(last.get(new Key(service.name(), place.id())))
        .filter(it -> it.service().equals(service))
        .map(it -> it.of(family))
        .orElseGet(() -> rank(service, family, place, Optional.empty(), now));
  }

  /**
   * What shows of the rankings of a service at a place by family, were it as it is told now; the
   * memory of what is answered now counts, and nothing is remembered.
   */
  List<Best> foretold(Service service, Place place, Instant now) {
    Ranked used = last.get(new Key(service.name(), place.id()));
    if (used == null) {
      return unmeasured(service, place);
    }
    List<Best> best = new ArrayList<>();
    for (AddressFamily family : AddressFamily.values()) {
      best.add(best(service, rank(service, family, place, Optional.of(used.of(family)), now)));
    }
    return best;
  }

  /** What the labels of a service answer that are not in use. */
  FirstAnswers firstAnswers(Service service) {
    FirstAnswers known = lastFirst.get(service.name());
    FirstAnswers answers =
        known != null && known.isOf(service, said) ? known : new FirstAnswers(service, this, said);
    nextFirst.put(service.name(), answers);
    return answers;
  }

  /** Tells what is answered for each label in use. */
  void collect(PlaceShares shares) {
    last.values().forEach(it -> shares.add(it.service(), it.best()));
  }

  /** How many rankings were made since the start. */
  long made() {
    return made;
  }

  /** Gives other short TTLs from now on; rankings in use have them within seconds. */
  void shortTtlSeconds(int seconds) {
    shortTtlSeconds = seconds;
    lastFirst = new HashMap<>();
  }

  /** Takes what operators say from now on. */
  void begin() {
    said = operators.get();
  }

  /** Forgets rankings that were not asked for since the last call: their labels are gone. */
  void forgetUnused() {
    last = next;
    next = new HashMap<>();
    lastFirst = nextFirst;
    nextFirst = new HashMap<>();
  }

  private Ranked rank(Service service, Place place, Optional<Ranked> answered, Instant now) {
    Optional<Ranked> before = answered.filter(it -> it.service().equals(service));
    OwnPlace label = OwnPlace.ofLabel(service.name(), place.id());
    Ranking ipv4 = rank(service, AddressFamily.IPV4, place, label, answered, now);
    Ranking ipv6 = rank(service, AddressFamily.IPV6, place, label, answered, now);
    List<Best> best = List.of(best(service, ipv4), best(service, ipv6));
    AddressSets addresses =
        before
            .filter(it -> it.best().equals(best))
            .map(Ranked::addresses)
            .orElseGet(() -> compile(service, best));
    Instant since = answered.filter(it -> it.best().equals(best)).map(Ranked::since).orElse(now);
    long revision = estimates.revision(place.id());
    return new Ranked(
        service, place, revision, said, until(now), since, ipv4, ipv6, best, addresses);
  }

  /** Those of thousands of labels do not all grow old at once. */
  private Instant until(Instant now) {
    return now.plus(AGE).plusMillis(AGE.toMillis() * (made % SPREAD) / SPREAD);
  }

  private Ranking rank(
      Service service,
      AddressFamily family,
      Place place,
      OwnPlace label,
      Optional<Ranked> answered,
      Instant now) {
    Optional<Ranking> previous =
        answered.isEmpty()
            ? saved.of(label, service, family)
            : answered.filter(it -> it.service().equals(service)).map(it -> it.of(family));
    Ranking ranking = rank(service, family, place, previous, now);
    boolean direct = service.mode() == Mode.DIRECT;
    saved.keep(label, answered.map(it -> it.of(family)), ranking, direct);
    return ranking;
  }

  private Ranking rank(
      Service service, AddressFamily family, Place place, Optional<Ranking> previous, Instant now) {
    made++;
    return Ranker.rank(service, family, place, estimates.at(place.id()), said, previous, now);
  }

  /** What operators say since {@link #begin}. */
  Sayings said() {
    return said;
  }

  /** What operators say of each site of a service. */
  List<Optional<AdminState>> said(Service service) {
    return service.sites().stream().map(it -> said.of(service.name(), it.id())).toList();
  }

  /** What a load balancer knows. */
  Estimates estimates(String id) {
    return estimates.at(id);
  }

  /** Counts a ranking that was made elsewhere. */
  void count() {
    made++;
  }

  /** All of a ranking that shows in an answer. */
  Best best(Service service, Ranking ranking) {
    Answers answers = Answered.answers(service, ranking);
    return new Best(
        answers, service.answering(), ttl(service, ranking).seconds(), answers.shares());
  }

  /** How long an answer that rests on a ranking may be kept. */
  AnswerTtl ttl(Service service, Ranking ranking) {
    AnswerTtl ttl = Answered.ttl(service, List.of(ranking));
    return ranking.basis() == Basis.UNMEASURED
        ? ttl.atMost(Duration.ofSeconds(shortTtlSeconds), AnswerTtl.Reason.UNMEASURED)
        : ttl;
  }

  /** The answers of a service, which are counted by site where not all get the same. */
  AddressSets compile(Service service, List<Best> best) {
    return AddressSets.compile(
        decided(best.getFirst()),
        decided(best.getLast()),
        best.getFirst().answering(),
        0,
        site -> observed.of(service.name(), site));
  }

  private static AddressSets.Decided decided(Best best) {
    return new AddressSets.Decided(best.answers(), best.ttlSeconds());
  }
}
