package net.dglb.lb.measure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.DutyListener;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.LabelName;
import net.dglb.service.Service;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/** Has the sites of every service probed that this load balancer answers a label of. */
public final class ProbedServices implements DutyListener {

  /** Duties of thousands of labels come at once. */
  private static final Duration COALESCE = Duration.ofMillis(20);

  private final Duties duties;
  private final OwnMeasurement measurement;
  private final Demand demand;
  private final ProberCounts probers;
  private final GatheredTask planning;

  /** Connects duties with probing. */
  public ProbedServices(
      Timeline timeline,
      Duties duties,
      OwnMeasurement measurement,
      Demand demand,
      ProberCounts probers) {
    this.probers = probers;
    this.duties = duties;
    this.measurement = measurement;
    this.demand = demand;
    planning = new GatheredTask(this::follow, COALESCE, timeline);
  }

  @Override
  public void labelChanged(LabelName label) {
    planAnew();
  }

  /** Another service is idle, or is no longer; or others probe as well. */
  public void planAnew() {
    planning.soon();
  }

  @Override
  public void acknowledgementOwed() {}

  private void follow() {
    List<Service> services = duties.answeredServices().stream().map(KnownService::service).toList();
    measurement.follow(services, probers::of, demand);
    probers.keep(services.stream().map(Service::name).collect(Collectors.toSet()));
  }
}
