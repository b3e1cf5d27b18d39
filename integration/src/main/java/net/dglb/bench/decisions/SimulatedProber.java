package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;

/** Probes one site from one city: takes the path's time with jitter, sometimes gets no answer. */
final class SimulatedProber implements Prober {

  private final Internet internet;
  private final int city;
  private final SimulatedService service;
  private final VirtualTimeline timeline;
  private final RandomGenerator random;
  private boolean losing;
  private long losingAsOfNanos;

  SimulatedProber(
      Internet internet,
      int city,
      SimulatedService service,
      VirtualTimeline timeline,
      RandomGenerator random) {
    this.internet = internet;
    this.city = city;
    this.service = service;
    this.timeline = timeline;
    this.random = random;
  }

  @Override
  public CompletableFuture<Measurement> probe(ProbeTarget target) {
    int site = service.number(target);
    boolean answered = internet.works(site, timeline.nanoTime()) && !loses(site);
    double sigma = internet.conditions().jitter();
    double factor = Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    long nanos = (long) (internet.millis(city, site, timeline.nanoTime()) * factor * 1e6);
    long timeout = target.check().timeout().toNanos();
    return answered && nanos < timeout
        ? ended(target, Outcome.SUCCESS, nanos)
        : ended(target, Outcome.TIMED_OUT, timeout);
  }

  /**
   * Whether the path loses what is sent now: a chain of two states (Gilbert 1960), looked at when
   * there is a probe. What it was at the last probe is forgotten exponentially.
   */
  private boolean loses(int site) {
    double loss = internet.loss(city, site, timeline.nanoTime());
    double forgottenIn = internet.conditions().burst().toNanos() * (1 - loss);
    double remembered =
        forgottenIn == 0 ? 0 : Math.exp((losingAsOfNanos - timeline.nanoTime()) / forgottenIn);
    losing = random.nextDouble() < loss + ((losing ? 1 : 0) - loss) * remembered;
    losingAsOfNanos = timeline.nanoTime();
    return losing;
  }

  @Override
  public CompletableFuture<Transfer> download(ProbeTarget target) {
    throw new UnsupportedOperationException("the check has no download");
  }

  private CompletableFuture<Measurement> ended(ProbeTarget target, Outcome outcome, long nanos) {
    CompletableFuture<Measurement> result = new CompletableFuture<>();
    timeline.after(
        Duration.ofNanos(nanos),
        () -> {
          long connect = outcome.isSuccess() ? nanos : Phases.NOT_REACHED;
          Phases phases = new Phases(connect, Phases.NOT_REACHED, Phases.NOT_REACHED, nanos);
          result.complete(new Measurement(target, outcome, phases, 0, timeline.now(), ""));
        });
    return result;
  }
}
