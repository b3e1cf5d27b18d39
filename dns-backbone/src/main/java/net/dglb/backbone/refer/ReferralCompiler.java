package net.dglb.backbone.refer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.PrefixCounts;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Place;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.share.SiteShare;
import net.dglb.dns.wire.Query;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * Makes the zones of both addresses from what the control plane knows. Each compilation gives what
 * a first one would, but for the rankings' memory; what has not changed is taken from the last one.
 * Lives on the control thread.
 */
public final class ReferralCompiler {

  private ReferSettings settings;
  private final ObservedAnswers observed = new ObservedAnswers();
  private final LabelRankings rankings;
  private final EstimatedPlaces estimated;
  private final PlaceRankings placeRankings;
  private final LongAdder answeredByEstimate = new LongAdder();
  private final Function<EnterpriseZone, Optional<SignedZone>> signing;
  private final SecureLabels secure;
  private LabelPlaces labelPlaces = LabelPlaces.none();
  private PlaceMarks marks = PlaceMarks.none();
  private LabelTable labels = new LabelTable(List.of());
  private LabelTable lastLabels = labels;
  private NameServerSets sets = new NameServerSets(labels);
  private Map<DomainName, ZonePart> parts = Map.of();
  private ResolverIndex lastIndex = ResolverIndex.empty();
  private @Nullable PrefixCounts lastCounts;
  private Referrals last = Referrals.none();
  private final PastReferrals past = new PastReferrals(PastReferrals.MOST_WEIGHT);

  /**
   * Prepares to compile.
   *
   * @param estimates what is known at each place
   * @param operators what they say of sites now
   * @param estimated load balancers for places where nobody measures
   * @param signing how a zone is signed now, if it is
   * @param secure what load balancers signed of their labels
   */
  public ReferralCompiler(
      ReferSettings settings,
      EstimateTable estimates,
      Supplier<Sayings> operators,
      EstimatedPlaces estimated,
      Function<EnterpriseZone, Optional<SignedZone>> signing,
      SecureLabels secure) {
    this.settings = settings;
    this.estimated = estimated;
    this.signing = signing;
    this.secure = secure;
    this.rankings = new LabelRankings(estimates, operators, observed, settings.shortTtlSeconds());
    this.placeRankings = new PlaceRankings(estimated, rankings);
  }

  /** Who hears of what this node itself answers otherwise than before. */
  public void onAnswer(OwnAnswers listener) {
    rankings.onAnswer(listener);
  }

  /**
   * Goes on with what was answered before the start, and keeps what is answered.
   *
   * @param journal durable
   * @param changed is called when there is something to be made durable
   */
  public void save(Map<String, byte[]> journal, Runnable changed) {
    rankings.use(new SavedOrders(journal, changed));
  }

  /** Makes referrals by other settings from the next compilation on. */
  public void use(ReferSettings next) {
    settings = next;
    rankings.shortTtlSeconds(next.shortTtlSeconds());
    labels = new LabelTable(List.of());
    sets = new NameServerSets(labels);
    parts = Map.of();
    last = Referrals.none();
  }

  /**
   * Compiles everything; gives the same object as the last time if nothing has changed.
   *
   * @param nameServers names of the backbone's own name servers, this node's first
   * @param loadBalancers by ordinal; the first is the backbone's own, with its label addresses
   * @param served who serves which label; labels that are not listed are served by the label
   *     addresses
   */
  public Referrals compile(
      Collection<EnterpriseZone> zones,
      List<DomainName> nameServers,
      List<LoadBalancer> loadBalancers,
      Collection<ServedLabel> served,
      ResolverIndex index,
      Instant now) {
    rankings.begin();
    placeRankings.begin(loadBalancers);
    if (!labels.isOf(loadBalancers)) {
      labels = labels.with(loadBalancers, settings.zoneTtlSeconds());
      sets = new NameServerSets(labels);
    }
    labelPlaces = labelPlaces.with(loadBalancers);
    List<Service> all = zones.stream().flatMap(zone -> zone.services().stream()).toList();
    if (!marks.isOf(index.places(), all)) {
      marks = new PlaceMarks(index.places(), all);
    }
    estimated.forgetUnused(marks.sets());
    List<DomainName> services = all.stream().map(Service::name).toList();
    boolean sameMarks = last.isOf(services, labels.ids());
    if (!sameMarks) {
      observed.keep(Set.copyOf(services));
      rankings.saved().retain(Set.copyOf(services));
    }
    DemandMarks demand =
        sameMarks ? last.demand() : new DemandMarks(services.size() * labels.size());
    ServiceCompiler compiler =
        new ServiceCompiler(
            loadBalancers,
            labelPlaces,
            labels,
            sets,
            served,
            rankings,
            settings,
            demand,
            sameMarks ? knownServices() : List.of(),
            now);
    Map<DomainName, ZonePart> next = new LinkedHashMap<>();
    PlaceParts atPlaces =
        new PlaceParts(marks, estimated, placeRankings, index, loadBalancers, now);
    zones.forEach(zone -> next.put(zone.origin(), compile(zone, nameServers, compiler, atPlaces)));
    rankings.forgetUnused();
    placeRankings.forgetUnused();
    sets.forgetUnused();
    if (sameMarks && index.equals(lastIndex) && labels.equals(lastLabels) && next.equals(parts)) {
      return last;
    }
    parts = next;
    past.replace(parts, labels, index, now);
    lastCounts = index.equals(lastIndex) ? lastCounts : null;
    lastIndex = index;
    last = referrals(index, demand, services);
    return last;
  }

  /** What all load balancers together know of a service now. */
  public ServiceView view(Service service, List<LoadBalancer> loadBalancers, Instant now) {
    return ServiceViews.of(service, loadBalancers, rankings, now);
  }

  /**
   * What the label address answers for a service at a place with one family, and why.
   *
   * @param without ids of sites that are to count as taken out: what would be answered then
   */
  public PlaceAnswer explain(
      Service service, AddressFamily family, Place place, Set<String> without, Instant now) {
    return rankings.explain(service, family, place, without, now);
  }

  /** The same of a label that is not in use: the nearest site. */
  public PlaceAnswer explainUnused(Service service, AddressFamily family, Place place) {
    return rankings.explainUnused(service, family, place);
  }

  /**
   * What is answered by estimate for a service at a place with one family, and why; empty if
   * nothing is.
   *
   * @param without ids of sites that are to count as taken out
   */
  public Optional<PlaceAnswer> explainEstimate(
      Service service, AddressFamily family, Location place, Set<String> without) {
    return placeRankings.explain(service, family, place, without);
  }

  /**
   * How a question for a service or a label was decided at a moment; empty if that is not known.
   *
   * @param zone of now
   */
  public Optional<Referral> explain(ReferralZone zone, Query query, Instant moment) {
    return zone.explain(query, past, moment);
  }

  /** Since when it is known how questions were decided; empty before the first compilation. */
  public Optional<Instant> knownSince() {
    return past.since();
  }

  /** An answer as it is given while there will soon be an estimate instead of it. */
  public PlaceAnswer awaited(Service service, PlaceAnswer answer) {
    return new PlaceAnswer(
        answer.inUse(),
        answer.place(),
        answer.ranking(),
        answer.answers(),
        answer.ttl().atMost(longestAwaited(service), AnswerTtl.Reason.AWAITED),
        answer.since());
  }

  /** The longest that an answer is kept while there will soon be an estimate instead of it. */
  public Duration longestAwaited(Service service) {
    long referral = service.ttls().referral().toSeconds();
    return Duration.ofSeconds(Math.min(referral, settings.shortTtlSeconds()));
  }

  /** How many questions were answered by estimate since the start; for any thread. */
  public long answeredByEstimate() {
    return answeredByEstimate.sum();
  }

  /**
   * What part of this node's own answers each site is to get and got, of services whose policy
   * spreads them: at labels in use and by estimate.
   */
  public List<SiteShare> shares() {
    PlaceShares shares = new PlaceShares();
    rankings.collect(shares);
    placeRankings.collect(shares);
    return shares.of(observed);
  }

  /** For how many prefixes a zone's answers would change, were it as told from now on. */
  public TouchedPrefixes touchedPrefixes(
      EnterpriseZone after, List<LoadBalancer> loadBalancers, Instant now) {
    return touchedPrefixes(after, loadBalancers, ChangeImpact.MOST_RANKINGS, now);
  }

  /** The same with another bound. */
  TouchedPrefixes touchedPrefixes(
      EnterpriseZone after, List<LoadBalancer> loadBalancers, int mostRankings, Instant now) {
    if (lastCounts == null) {
      lastCounts = lastIndex.counts();
    }
    return new ChangeImpact(
            rankings, placeRankings, lastIndex, lastCounts, loadBalancers, mostRankings, now)
        .prefixes(Optional.ofNullable(parts.get(after.origin())), after);
  }

  /** How many rankings were made since the start. */
  long rankings() {
    return rankings.made();
  }

  private List<ServicePart> knownServices() {
    return parts.values().stream().flatMap(part -> part.services().stream()).toList();
  }

  private ZonePart compile(
      EnterpriseZone zone,
      List<DomainName> nameServers,
      ServiceCompiler compiler,
      PlaceParts atPlaces) {
    Optional<SignedZone> signed = signing.apply(zone);
    List<ServicePart> services =
        zone.services().stream()
            .map(service ->
                compiler.compile(
                    service,
                    signed.isEmpty() ? Map.of() : secure.of(service.name()),
                    atPlaces.of(service)))
            .toList();
    Optional<ZonePart> before =
        Optional.ofNullable(parts.get(zone.origin()))
            .filter(part -> part.hasRecordsOf(zone, nameServers, signed));
    if (before.isPresent() && before.get().services().equals(services)) {
      return before.get();
    }
    ZoneRecords records =
        before
            .map(ZonePart::records)
            .orElseGet(() -> ApexRecords.of(zone, nameServers, settings, signed));
    return ZonePart.of(zone, nameServers, signed, services, records);
  }

  private Referrals referrals(ResolverIndex index, DemandMarks demand, List<DomainName> services) {
    lastLabels = labels;
    List<ReferralZone> referrals = new ArrayList<>();
    List<LabelAnswers> answers = new ArrayList<>();
    for (ZonePart part : parts.values()) {
      DomainName apex = part.zone().origin();
      referrals.add(
          new ReferralZone(
              apex,
              part.names(),
              part.records(),
              labels,
              index,
              settings.courtesyReferral(),
              answeredByEstimate,
              part.signed().map(SignedZone::signing).orElse(null)));
      answers.add(new LabelAnswers(apex, part.names(), part.records(), labels));
    }
    return new Referrals(referrals, answers, demand, services, labels.ids(), marks);
  }
}
