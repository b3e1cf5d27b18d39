package net.dglb.lb;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.dglb.decision.Place;
import net.dglb.dns.keys.KeyRoutes;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.WaitingRoom;
import net.dglb.dns.share.SiteShare;
import net.dglb.explain.DecisionHistory;
import net.dglb.lb.announce.Announcer;
import net.dglb.lb.announce.VersionStore;
import net.dglb.lb.answer.AnswersFile;
import net.dglb.lb.answer.LabelExplanations;
import net.dglb.lb.answer.LabelRanker;
import net.dglb.lb.answer.MeasurementPipeline;
import net.dglb.lb.answer.SavedRankings;
import net.dglb.lb.answer.ZoneContents;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.LabelName;
import net.dglb.lb.measure.Demand;
import net.dglb.lb.measure.EstimateReporter;
import net.dglb.lb.measure.LoadReporter;
import net.dglb.lb.measure.OtherPlaces;
import net.dglb.lb.measure.OwnMeasurement;
import net.dglb.lb.measure.ProbedServices;
import net.dglb.lb.measure.ProberCounts;
import net.dglb.lb.operate.ExplainRoutes;
import net.dglb.lb.operate.OperatorsWord;
import net.dglb.lb.operate.SiteRoutes;
import net.dglb.lb.resolvers.ResolverSet;
import net.dglb.lb.resolvers.ResolverSource;
import net.dglb.lb.session.BackboneNodesKnown;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.lb.sign.SignedLabels;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Hello;
import net.dglb.measure.probe.Prober;
import net.dglb.net.Location;
import net.dglb.node.AdminRoute;
import net.dglb.node.LiveParts;
import net.dglb.node.Published;
import net.dglb.node.Version;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Repeated;
import net.dglb.time.Timeline;

/**
 * The control plane of a load balancer, without network and threads of its own: wires the steps
 * together. Used on the control thread only.
 */
final class LoadBalancer {

  /** How often a backbone node is asked again that did not permit the announcement. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(60);

  private static final ResolverSet NOBODY = new ResolverSet(List.of(), List.of());
  private static final Duration RECONSIDER = Duration.ofSeconds(30);
  private static final Duration FIGURES = Duration.ofSeconds(1);
  private static final Duration REPORT_LOAD = Duration.ofSeconds(10);

  private final Timeline timeline;
  private final BackboneSessions sessions = new BackboneSessions();
  private final BackboneNodesKnown nodes;
  private final ResolverSource resolvers;
  private final Announcer announcer;
  private final Duties duties;
  private final OtherPlaces places;
  private final OwnMeasurement measurement;
  private final OperatorsWord word;
  private final SignedLabels signed;
  private final Demand demand;
  private final ProbedServices probed;
  private final EstimateReporter reporter;
  private final LoadReporter loadReporter;
  private final MeasurementPipeline pipeline;
  private final LabelExplanations explanations;
  private final SavedState saved;
  private final Leaving leaving;
  private final DemandWatch asked;
  private final ProberCounts probers;
  private final RandomGenerator random;
  private final LabelRanker ranker;
  private final Repeated reporting;
  private final String id;
  private LoadBalancerSettings settings;
  private boolean ready;
  private volatile Figures figures = Figures.NONE;

  /**
   * Wires the parts; nothing happens before {@link #start}.
   *
   * @param catalog what the DNS threads read
   * @param peers is told whom to keep sessions to
   * @param load how busy this load balancer is, by the measures of the mapping protocol
   */
  LoadBalancer(
      LoadBalancerSettings settings,
      Timeline timeline,
      Prober prober,
      RandomGenerator random,
      SavedState.Store store,
      Published<Catalog> catalog,
      Consumer<Collection<Peer>> peers,
      Supplier<Map<String, Double>> load) {
    this.settings = settings;
    this.timeline = timeline;
    this.random = random;
    id = settings.node().id();
    saved = new SavedState(store, timeline);
    nodes = new BackboneNodesKnown(all -> nodesChanged(all, peers));
    VersionStore versions = new VersionStore(store.map("announcement"), store::commit);
    announcer = new Announcer(id, versions, sessions, timeline::now);
    resolvers =
        new ResolverSource(
            settings.resolvers(),
            settings.resolverFile(),
            saved.loadResolvers(),
            this::resolversChanged);
    duties = new Duties(timeline);
    places = new OtherPlaces(timeline, id, (place, targets) -> measuredElsewhere(targets));
    measurement =
        new OwnMeasurement(
            prober, timeline, random, settings.schedule(), settings.brake(), this::measuredHere);
    demand = new Demand(settings.idle(), timeline::nanoTime);
    reporter = new EstimateReporter(id, measurement::states, sessions, timeline::now);
    reporting = new Repeated(timeline, reporter::report);
    loadReporter = new LoadReporter(load, sessions);
    word = OperatorsWord.open(store::map, store::commit, timeline::now, this::said);
    ranker =
        new LabelRanker(
            timeline, new Place(id, settings.location()), measurement.estimates(), places, word);
    ZoneContents contents = new ZoneContents(id, demand::isIdle);
    signed =
        new SignedLabels(
            id,
            settings.labelKeys(),
            store::map,
            store::commit,
            timeline,
            random,
            this::signedElsewhere,
            sessions::broadcast,
            this::backboneNodes);
    pipeline =
        new MeasurementPipeline(
            timeline,
            duties,
            ranker,
            contents,
            signed,
            new SavedRankings(store.map("rankings"), store::commit, saved::answered),
            measurement::isMeasured,
            catalog);
    explanations =
        explanations(contents, new DecisionHistory(store.map("decisions"), saved::measured));
    leaving = new Leaving(timeline, announcer, sessions, duties);
    saved.connect(nodes, resolvers, duties, places, measurement, id);
    probers = new ProberCounts(store.map("probers"), store::commit, this::probersChanged);
    probed = new ProbedServices(timeline, duties, measurement, demand, probers);
    asked = demandWatch();
    connectParts();
  }

  private DemandWatch demandWatch() {
    return new DemandWatch(
        settings.waiting(), timeline, demand, duties, pipeline, measurement, probers, probed);
  }

  private void connectParts() {
    duties.connect(List.of(probed, pipeline, saved));
    sessions.connect(
        List.of(word.network(), probers, nodes, announcer, reporter, loadReporter, places));
    sessions.connect(List.of(signed, duties, asked));
  }

  private LabelExplanations explanations(ZoneContents contents, DecisionHistory history) {
    return new LabelExplanations(
        timeline,
        duties,
        pipeline,
        ranker,
        contents,
        measurement::failures,
        word::explain,
        history);
  }

  /** Answers from what is on disk, and measures. */
  void start() {
    saved.restore();
    pipeline.publish();
    resolvers.refresh();
    announce(resolvers.current());
    reporting.every(settings.backbone().reportInterval());
    timeline.every(REPORT_LOAD, REPORT_LOAD, loadReporter::report);
    Duration firstAsk = Duration.ofMillis(random.nextLong(ASK_AGAIN.toMillis()));
    timeline.every(firstAsk, ASK_AGAIN, announcer::announceWhatWasForbidden);
    timeline.every(RECONSIDER, RECONSIDER, pipeline::reconsider);
    asked.start(timeline);
    timeline.every(Duration.ZERO, FIGURES, this::takeFigures);
  }

  /** Keeps what is answered in a file, too. */
  void keepAnswers(AnswersFile file) {
    saved.add(() -> pipeline.keep(file));
  }

  /** Keeps sessions and announces: from now on resolvers come, so that it must answer them. */
  void connect() {
    nodes.configure(settings.backbone().nodes());
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<LoadBalancerSettings> live) {
    live.part("", Function.identity(), next -> settings = next)
        .part("announce.location", LoadBalancerSettings::location, this::moved)
        .part("announce", it -> it.statement(NOBODY), _ -> announce(resolvers.current()))
        .part(
            "resolvers",
            it -> List.of(it.resolvers(), it.resolverFile()),
            _ -> resolvers.configure(settings.resolvers(), settings.resolverFile()))
        .part("backbone.nodes", it -> it.backbone().nodes(), nodes::configure)
        .part("backbone.report-interval", it -> it.backbone().reportInterval(), reporting::every)
        .part(
            "probe",
            it -> List.of(it.schedule(), it.brake()),
            _ -> measurement.use(settings.schedule(), settings.brake()));
    live.part("dnssec", LoadBalancerSettings::labelKeys, signed::use);
    asked.follow(live);
  }

  private void moved(Optional<Location> location) {
    ranker.here(new Place(id, location));
    pipeline.reconsider();
  }

  /** Reads the watched resolver file again. */
  void resolverFileChanged() {
    resolvers.refresh();
  }

  /**
   * Withdraws, goes on answering for as long as resolvers may come, and saves.
   *
   * @param gone is called when that is over
   */
  void leave(Runnable gone) {
    leaving.start(
        settings.leaveAtMost(),
        () -> {
          measurement.close();
          saved.saveNow();
          gone.run();
        });
  }

  /** Where questions wait for measurements. */
  WaitingRoom waitingRoom() {
    return asked.waitingRoom();
  }

  private void probersChanged() {
    probed.planAnew();
  }

  /** Who hears of the sessions to backbone nodes. */
  SessionListener sessions() {
    return sessions;
  }

  /** What is said of this load balancer when a session opens. */
  Hello hello() {
    return Hello.newBuilder()
        .setSoftware("dglb/" + Version.text())
        .setHighestVersion(announcer.version())
        .build();
  }

  /** The labels that it held at the start and does not answer yet; once none, it stays so. */
  List<LabelName> labelsNotReady() {
    List<LabelName> missing = ready ? List.of() : pipeline.labelsNotReady();
    ready = missing.isEmpty();
    return missing;
  }

  /** What it is doing now. */
  StatusTree status() {
    return new StatusTree(
        settings, announcer, resolvers, duties, pipeline, measurement, places, leaving.inWords());
  }

  /** A few numbers of now; may be called from any thread. */
  Figures figures() {
    return figures;
  }

  private void takeFigures() {
    int own = (int) duties.held().stream().filter(it -> it.label().place().equals(id)).count();
    figures =
        new Figures(
            sessions.open().size(),
            own,
            duties.held().size() - own,
            pipeline.unmeasuredLabels(),
            measurement.targets(),
            measurement.targetsDown(),
            measurement.keptUp(),
            measurement.outcomes(),
            measurement.lateness(),
            measurement.downloads(),
            measurement.downloadedBytes(),
            pipeline.catalogs(),
            demand.idleServices(),
            asked.waiting(),
            signed.figures());
  }

  /** What part of the answers each site is to get and got. */
  List<SiteShare> shares() {
    return pipeline.shares();
  }

  private void nodesChanged(Set<Peer> all, Consumer<Collection<Peer>> peers) {
    peers.accept(all);
    saved.changed();
  }

  private void announce(ResolverSet beside) {
    announcer.announce(settings.statement(beside));
  }

  private void resolversChanged(ResolverSet now) {
    announce(now);
    saved.changed();
  }

  private void said() {
    pipeline.reconsider();
    saved.measured();
  }

  /** What it adds to the admin API. */
  List<AdminRoute> routes() {
    SiteRoutes sites =
        new SiteRoutes(
            word,
            () -> duties.answeredServices().stream().map(KnownService::service).toList(),
            () -> settings.node().operators(),
            pipeline::failBack);
    ExplainRoutes explain = new ExplainRoutes(id, explanations, timeline::now);
    KeyRoutes keys = new KeyRoutes(signed.keys(), () -> settings.node().operators());
    return Stream.of(sites.all(), explain.all(), keys.all()).flatMap(List::stream).toList();
  }

  /** Why labels are answered as they are. */
  LabelExplanations explanations() {
    return explanations;
  }

  private Set<String> backboneNodes() {
    Set<String> ids = new HashSet<>(nodes.ids());
    sessions.open().forEach(session -> ids.add(session.peer().id()));
    return ids;
  }

  private void measuredHere(Set<ProbeTarget> targets) {
    pipeline.measured(targets);
    saved.measured();
  }

  private void signedElsewhere(LabelName label) {
    pipeline.labelChanged(label);
    saved.changed();
  }

  private void measuredElsewhere(Set<ProbeTarget> targets) {
    pipeline.measured(targets);
    saved.measured();
  }
}
