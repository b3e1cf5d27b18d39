package net.dglb.lb.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.share.SiteShare;
import net.dglb.dns.zone.Zone;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.DutyListener;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.LabelName;
import net.dglb.lb.duty.TextCheck;
import net.dglb.lb.sign.SignedLabels;
import net.dglb.net.DomainName;
import net.dglb.node.Published;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/**
 * The way from a measurement to an answer: what changed marks labels; shortly afterwards each
 * marked label is ranked, its zone compiled if it differs, the catalog published if any zone does,
 * and the duties that DNS answers now are acknowledged. Used on the control thread only.
 */
public final class MeasurementPipeline implements DutyListener {

  /** Changes within this time are compiled together. */
  static final Duration COALESCE = Duration.ofMillis(50);

  /** So long labels are ranked and compiled at once, so that nothing else waits for thousands. */
  static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final int MOST_NAMED = 20;

  private final Timeline timeline;
  private final Duties duties;
  private final LabelRanker ranker;
  private final ZoneContents contents;
  private final SignedLabels signed;
  private final SavedRankings saved;
  private final Predicate<Service> isMeasured;
  private final Published<Catalog> published;
  private final Map<LabelName, LabelAnswer> answers = new LinkedHashMap<>();
  private final SequencedSet<LabelName> marked = new LinkedHashSet<>();

  private final Set<LabelName> failingBack = new HashSet<>();
  private final Map<DomainName, DemandMark> demand = new HashMap<>();
  private final ObservedAnswers observed = new ObservedAnswers();
  private final Set<ProbeTarget> measured = new HashSet<>();
  private final ServicesByTarget services;
  private List<TextCheck> publishedChecks = List.of();
  private final Decisions decisions;
  private Predicate<Service> isStale = _ -> false;
  private Runnable onPublish = () -> {};
  private final GatheredTask publishing;

  /** Whether DNS is to know other names than the catalog that was published last. */
  private boolean namesChanged;

  private long catalogs;
  private long changes;
  private long keptChanges;

  /**
   * Connects the steps.
   *
   * @param signed what is signed of labels
   * @param saved what labels were answered with before this process started
   * @param isMeasured whether a service's first round of probes is done, or fresh saved estimates
   *     stand for it
   * @param published what the DNS threads read
   */
  public MeasurementPipeline(
      Timeline timeline,
      Duties duties,
      LabelRanker ranker,
      ZoneContents contents,
      SignedLabels signed,
      SavedRankings saved,
      Predicate<Service> isMeasured,
      Published<Catalog> published) {
    this.timeline = timeline;
    this.duties = duties;
    this.ranker = ranker;
    this.contents = contents;
    this.signed = signed;
    this.saved = saved;
    this.isMeasured = isMeasured;
    this.published = published;
    decisions = new Decisions(timeline);
    services = new ServicesByTarget(duties::answeredServices);
    publishing = new GatheredTask(this::publishSome, COALESCE, timeline);
  }

  /** Who hears of each label that is answered otherwise than before. */
  void onDecision(Consumer<LabelName> listener) {
    decisions.listener(listener);
  }

  /**
   * Has questions for services wait whose estimates are too old.
   *
   * @param tooOld which those are
   * @param published is called when answers may be others
   */
  public void awaitMeasurements(Predicate<Service> tooOld, Runnable published) {
    isStale = tooOld;
    onPublish = published;
  }

  /** Whether the estimates of a service are too old to answer by. */
  public boolean isStale(DomainName service) {
    return duties.service(service).map(known -> isStale.test(known.service())).orElse(false);
  }

  /** Another estimate or health of some targets, here or at another place. */
  public void measured(Collection<ProbeTarget> targets) {
    measured.addAll(targets);
    publishing.soon();
  }

  @Override
  public void labelChanged(LabelName label) {
    services.changed();
    reconsider(label);
  }

  private void reconsider(LabelName label) {
    marked.add(label);
    publishing.soon();
  }

  @Override
  public void acknowledgementOwed() {
    publishing.soon();
  }

  /** The services that somebody asked for since the last call. */
  public Set<DomainName> asked() {
    Set<DomainName> asked = new HashSet<>();
    demand.forEach((service, mark) -> {
      if (mark.take()) {
        asked.add(service);
      }
    });
    return asked;
  }

  /** Looks at the labels of these services again. */
  public void reconsider(Set<DomainName> some) {
    some.forEach(service -> duties.labelsOf(service).forEach(this::reconsider));
  }

  /** Looks at every label again, since estimates age; to be called now and then. */
  public void reconsider() {
    Set<DomainName> held = duties.servicesHeld();
    observed.keep(held);
    signed.retain(label -> duties.held(label).isPresent());
    demand.keySet().retainAll(held);
    Set<String> labels = new HashSet<>();
    duties.held().forEach(duty -> labels.add(duty.label().toString()));
    saved.retain(labels::contains);
    duties.held().forEach(duty -> reconsider(duty.label()));
  }

  /**
   * Takes what its policy likes best into the answers of a service at once, whatever is answered
   * now: an operator's failback.
   *
   * @return whether any label of it is held here
   */
  public boolean failBack(DomainName service) {
    Set<LabelName> labels = duties.labelsOf(service);
    failingBack.addAll(labels);
    labels.forEach(this::reconsider);
    return !labels.isEmpty();
  }

  private void markMeasured() {
    services.of(measured).forEach(service -> marked.addAll(duties.labelsOf(service)));
    measured.clear();
  }

  private void publishSome() {
    long until = timeline.nanoTimeAfter(AT_ONCE);
    publish(() -> timeline.isPast(until));
    if (!marked.isEmpty()) {
      publishing.soon();
    }
  }

  /** Ranks, compiles, publishes and acknowledges all that is marked, however long that takes. */
  public void publish() {
    publish(() -> false);
  }

  private void publish(BooleanSupplier enough) {
    markMeasured();
    namesChanged |= !publishedChecks.equals(duties.checks());
    Set<LabelName> looked = new HashSet<>();
    while (!marked.isEmpty() && (looked.isEmpty() || !enough.getAsBoolean())) {
      LabelName label = marked.removeFirst();
      looked.add(label);
      recompile(label);
    }
    if (namesChanged) {
      publishCatalog();
    }
    looked.stream().map(LabelName::service).distinct().forEach(this::markStale);
    if (marked.isEmpty()) {
      onPublish.run();
    }
    duties.acknowledge(looked, label -> !marked.contains(label) && isReady(label), publishedChecks);
  }

  /** After what is new was published: whoever asks from now on gets that. */
  private void markStale(DomainName service) {
    DemandMark mark = demand.get(service);
    if (mark != null) {
      mark.stale(isStale(service));
    }
  }

  private void recompile(LabelName label) {
    Optional<HeldDuty> duty = duties.held(label);
    if (duty.isEmpty()) {
      namesChanged |= answers.remove(label) != null;
      return;
    }
    Optional<KnownService> service = duties.service(label.service());
    if (service.isEmpty()) {
      return;
    }
    Optional<LabelAnswer> before = answer(label);
    Optional<LabelRankings> last =
        failingBack.remove(label)
            ? Optional.empty()
            : before.map(LabelAnswer::rankings).or(() -> saved.of(label, service.get().service()));
    LabelRankings rankings = ranker.rank(duty.get(), service.get().service(), last);
    saved.keep(label, service.get().service(), last, rankings);
    LabelZone next =
        contents.of(
            duty.get(),
            service.get(),
            rankings,
            signed.of(
                duty.get(),
                service.get(),
                contents.nameServers(duty.get(), service.get()),
                contents.nameServerTtl(duty.get(), service.get()),
                family -> rankings.answers(service.get().service(), family)));
    boolean same = before.isPresent() && before.get().contents().equals(next);
    Instant since = same ? before.get().since() : timeline.now();
    ServedLabelZone zone = same ? before.get().zone() : serve(before, label.service(), next, since);
    answers.put(
        label, new LabelAnswer(label, since, ranker.isOwn(duty.get()), rankings, next, zone));
    if (!same) {
      decisions.add(label);
      changes++;
    }
  }

  /** DNS answers a label that it knows like this at once; a new one with the next catalog. */
  private ServedLabelZone serve(
      Optional<LabelAnswer> before, DomainName service, LabelZone next, Instant since) {
    DemandMark mark = demand.computeIfAbsent(service, DemandMark::new);
    Zone zone = next.compile(since.getEpochSecond(), site -> observed.of(service, site));
    if (before.isEmpty()) {
      namesChanged = true;
      return new ServedLabelZone(zone, mark);
    }
    ServedLabelZone served = before.get().zone();
    served.become(zone, mark);
    return served;
  }

  private void publishCatalog() {
    publishedChecks = List.copyOf(duties.checks());
    Map<DomainName, Zone> checks = new LinkedHashMap<>();
    CheckZones.compile(publishedChecks).forEach(zone -> checks.put(zone.apex(), zone));
    List<Zone> zones = new ArrayList<>();
    for (LabelAnswer answer : answers.values()) {
      zones.add(answer.zone());
      checks.remove(answer.zone().apex());
    }
    zones.addAll(checks.values());
    published.publish(Catalog.of(zones));
    namesChanged = false;
    catalogs++;
    changes++;
  }

  /** Whether DNS answers the label, for its own place from measurements. */
  public boolean isReady(LabelName label) {
    return answer(label)
        .filter(it ->
            !it.own()
                || duties
                    .service(label.service())
                    .map(known -> isMeasured.test(known.service()))
                    .orElse(false))
        .isPresent();
  }

  /**
   * Labels held here that DNS does not answer yet from measurements of now or before; of many the
   * first ones.
   */
  public List<LabelName> labelsNotReady() {
    return duties.held().stream()
        .map(HeldDuty::label)
        .filter(label -> !isReady(label) && !isWellFounded(label))
        .limit(MOST_NAMED)
        .toList();
  }

  private boolean isWellFounded(LabelName label) {
    return answer(label).filter(it -> it.rankings().isWellFounded()).isPresent();
  }

  /** Has a file hold what is answered now. */
  public void keep(AnswersFile file) {
    if (changes != keptChanges) {
      file.write(answers.values());
      keptChanges = changes;
    }
  }

  /** How often a catalog was published. */
  public long catalogs() {
    return catalogs;
  }

  /** Every label with its answer and the reasons for it, for people. */
  public Map<String, Object> status() {
    Map<String, Object> tree = new LinkedHashMap<>();
    duties.held().stream()
        .sorted(Comparator.comparing(HeldDuty::label))
        .forEach(duty -> {
          LabelName label = duty.label();
          tree.put(label.toString(), LabelStatus.of(duty, answer(label), isReady(label)));
        });
    return tree;
  }

  /** What part of the answers each site is to get and got, of services whose policy says so. */
  public List<SiteShare> shares() {
    Map<DomainName, LabelAnswer> spread = new LinkedHashMap<>();
    for (LabelAnswer answer : answers.values()) {
      if (!answer.contents().isSameForAll()) {
        spread.merge(
            answer.label().service(), answer, (known, other) -> other.own() ? other : known);
      }
    }
    List<SiteShare> shares = new ArrayList<>();
    spread.forEach((service, answer) ->
        shares.addAll(SiteShare.of(service, answer.contents().shares(), observed.counts(service))));
    return shares;
  }

  /** How many labels rest on nothing that was measured. */
  public long unmeasuredLabels() {
    return answers.values().stream().filter(it -> !it.rankings().isWellFounded()).count();
  }

  /** What a label is answered with now. */
  Optional<LabelAnswer> answer(LabelName label) {
    return Optional.ofNullable(answers.get(label));
  }
}
