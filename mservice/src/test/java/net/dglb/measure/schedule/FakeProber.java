package net.dglb.measure.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;

/** Answers after a fixed virtual time, notes every probe, and watches what must never happen. */
final class FakeProber implements Prober {

  record Probe(ProbeTarget target, long atNanos) {}

  final List<Probe> probes = new ArrayList<>();
  final List<Probe> downloads = new ArrayList<>();
  final Set<ProbeTarget> underWay = new HashSet<>();
  int mostUnderWay;
  boolean twoOfATarget;
  boolean breaks;
  Outcome outcome = Outcome.SUCCESS;
  private final VirtualTimeline timeline;
  private final Duration takes;

  FakeProber(VirtualTimeline timeline, Duration takes) {
    this.timeline = timeline;
    this.takes = takes;
  }

  @Override
  public CompletableFuture<Measurement> probe(ProbeTarget target) {
    probes.add(new Probe(target, timeline.nanoTime()));
    twoOfATarget |= !underWay.add(target);
    mostUnderWay = Math.max(mostUnderWay, underWay.size());
    CompletableFuture<Measurement> result = new CompletableFuture<>();
    timeline.after(takes, () -> end(target, result));
    return result;
  }

  @Override
  public CompletableFuture<Transfer> download(ProbeTarget target) {
    downloads.add(new Probe(target, timeline.nanoTime()));
    twoOfATarget |= !underWay.add(target);
    mostUnderWay = Math.max(mostUnderWay, underWay.size());
    CompletableFuture<Transfer> result = new CompletableFuture<>();
    timeline.after(
        takes,
        () -> {
          underWay.remove(target);
          result.complete(
              new Transfer(target, outcome, 1_000_000, takes.toNanos(), timeline.now(), ""));
        });
    return result;
  }

  private void end(ProbeTarget target, CompletableFuture<Measurement> result) {
    underWay.remove(target);
    if (breaks) {
      result.completeExceptionally(new IllegalStateException("out of order"));
      return;
    }
    long nanos = takes.toNanos();
    Phases phases = new Phases(nanos, Phases.NOT_REACHED, nanos, nanos);
    result.complete(new Measurement(target, outcome, phases, 200, timeline.now(), ""));
  }

  long countOf(ProbeTarget target) {
    return probes.stream().filter(probe -> probe.target().equals(target)).count();
  }
}
