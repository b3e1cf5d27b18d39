package net.dglb.lb;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.dglb.dns.serve.WaitingRoom;
import net.dglb.lb.answer.MeasurementPipeline;
import net.dglb.lb.answer.WaitingQuestions;
import net.dglb.lb.answer.WaitingQuestions.WaitSettings;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.measure.Demand;
import net.dglb.lb.measure.Demand.IdleSettings;
import net.dglb.lb.measure.OwnMeasurement;
import net.dglb.lb.measure.ProbedServices;
import net.dglb.lb.measure.ProberCounts;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireAsked;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.node.LiveParts;
import net.dglb.service.Service;
import net.dglb.time.Timeline;

/**
 * Looks at what resolvers ask for, here and at backbone nodes that answer them from what is
 * measured here: services that nobody asks for are probed less, until somebody does, and questions
 * may wait for measurements. Used on the control thread only.
 */
final class DemandWatch implements SessionListener {

  private static final Duration LOOK_FOR_DEMAND = Duration.ofMillis(250);
  private static final Duration LOOK_FOR_IDLE = Duration.ofSeconds(10);

  private final Demand demand;
  private final Duties duties;
  private final MeasurementPipeline pipeline;
  private final OwnMeasurement measurement;
  private final ProberCounts probers;
  private final ProbedServices probed;
  private final WaitingQuestions waiting;

  DemandWatch(
      WaitSettings wait,
      Timeline timeline,
      Demand demand,
      Duties duties,
      MeasurementPipeline pipeline,
      OwnMeasurement measurement,
      ProberCounts probers,
      ProbedServices probed) {
    this.demand = demand;
    this.duties = duties;
    this.pipeline = pipeline;
    this.measurement = measurement;
    this.probers = probers;
    this.probed = probed;
    waiting = new WaitingQuestions(wait, timeline, pipeline::isStale, this::awaited);
    pipeline.awaitMeasurements(this::isTooOld, waiting::published);
  }

  void start(Timeline timeline) {
    timeline.every(LOOK_FOR_DEMAND, LOOK_FOR_DEMAND, this::takeDemand);
    timeline.every(LOOK_FOR_IDLE, LOOK_FOR_IDLE, this::lookForIdle);
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<LoadBalancerSettings> live) {
    live.part("probe.idle", LoadBalancerSettings::idle, this::use)
        .part("probe.wait", LoadBalancerSettings::waiting, this::use);
  }

  private void use(IdleSettings idle) {
    demand.use(idle);
    lookForIdle();
    probed.planAnew();
  }

  private void use(WaitSettings wait) {
    waiting.use(wait);
    pipeline.reconsider();
  }

  /** Where questions wait for measurements. */
  WaitingRoom waitingRoom() {
    return waiting;
  }

  /** How many questions wait. */
  int waiting() {
    return waiting.waiting();
  }

  private boolean isTooOld(Service service) {
    WaitSettings wait = waiting.settings();
    return wait.isUsed()
        && measurement.isStale(service, probers.of(service.name()), wait.olderThan());
  }

  private void awaited(DomainName service) {
    if (demand.wake(service)) {
      probed.planAnew();
    }
  }

  /** The sites of a service that is asked for again are probed at once. */
  private void takeDemand() {
    demandChanged(demand.asked(pipeline.asked()));
  }

  @Override
  public void opened(Session session) {}

  /** What a backbone node is asked for and answers itself counts as asked for here. */
  @Override
  public void received(Session session, Frame frame) {
    if (!frame.hasAsked()) {
      return;
    }
    try {
      Set<DomainName> services = WireAsked.fromWire(frame.getAsked());
      services.removeIf(service -> duties.service(service).isEmpty());
      demandChanged(demand.asked(services));
    } catch (MalformedMessageException e) {
      session.refuse(frame, e);
    }
  }

  @Override
  public void closed(Session session, String why) {}

  private void lookForIdle() {
    Set<DomainName> services = new HashSet<>();
    duties.answeredServices().forEach(known -> services.add(known.service().name()));
    demandChanged(demand.update(services));
  }

  private void demandChanged(Set<DomainName> changed) {
    if (!changed.isEmpty()) {
      probed.planAnew();
      pipeline.reconsider(changed);
    }
  }
}
