package net.dglb.lb;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;

/** Sites that answer after a set virtual time, refuse, or are silent. */
final class ScriptedProber implements Prober {

  private VirtualTimeline timeline;
  private final Map<InetAddress, Duration> latencies = new HashMap<>();
  private final Set<InetAddress> silent = new HashSet<>();
  private final Map<InetAddress, String> faults = new HashMap<>();
  private final Map<InetAddress, Long> throughput = new HashMap<>();
  private final Map<InetAddress, Double> loads = new HashMap<>();
  private long probes;

  ScriptedProber(VirtualTimeline timeline) {
    this.timeline = timeline;
  }

  /** From now on the address answers after that long. */
  void answersAfter(String address, long millis) {
    latencies.put(InetAddress.ofLiteral(address), Duration.ofMillis(millis));
    silent.remove(InetAddress.ofLiteral(address));
  }

  /** From now on the address refuses connections. */
  void dies(String address) {
    latencies.remove(InetAddress.ofLiteral(address));
  }

  /** From now on the address answers nothing, so that probes time out. */
  void fallsSilent(String address) {
    dies(address);
    silent.add(InetAddress.ofLiteral(address));
  }

  /** From now on the address cannot be probed, which is this machine's fault. */
  void cannotBeProbed(String address, String why) {
    dies(address);
    faults.put(InetAddress.ofLiteral(address), why);
  }

  /** From now on the address reports that load, where its check asks for it. */
  void reportsLoad(String address, double load) {
    loads.put(InetAddress.ofLiteral(address), load);
  }

  private OptionalDouble load(ProbeTarget target) {
    Double load = loads.get(target.address());
    boolean asked = target.check().exchange().loadHeader().isPresent();
    return asked && load != null ? OptionalDouble.of(load) : OptionalDouble.empty();
  }

  /** Goes on in another process's time. */
  void follow(VirtualTimeline next) {
    timeline = next;
  }

  long probes() {
    return probes;
  }

  @Override
  public CompletableFuture<Measurement> probe(ProbeTarget target) {
    probes++;
    Duration latency = latencies.get(target.address());
    CompletableFuture<Measurement> result = new CompletableFuture<>();
    boolean isSilent = silent.contains(target.address());
    Duration refused = isSilent ? target.check().timeout() : Duration.ofMillis(1);
    Outcome failure =
        faults.containsKey(target.address())
            ? Outcome.LOCAL_FAULT
            : isSilent ? Outcome.TIMED_OUT : Outcome.REFUSED;
    Outcome outcome = latency != null ? Outcome.SUCCESS : failure;
    timeline.after(
        latency == null ? refused : latency,
        () -> result.complete(measurement(target, outcome, latency)));
    return result;
  }

  /** From now on downloads from the address are that fast. */
  void downloadsWith(String address, long megabitsPerSecond) {
    throughput.put(InetAddress.ofLiteral(address), megabitsPerSecond);
  }

  @Override
  public CompletableFuture<Transfer> download(ProbeTarget target) {
    long megabits = throughput.getOrDefault(target.address(), 1L);
    long bytes = target.check().exchange().download().orElseThrow().bytes();
    long nanos = bytes * 8 * 1000 / megabits;
    CompletableFuture<Transfer> result = new CompletableFuture<>();
    timeline.after(
        Duration.ofNanos(nanos),
        () ->
            result.complete(
                new Transfer(target, Outcome.SUCCESS, bytes, nanos, timeline.now(), "")));
    return result;
  }

  private Measurement measurement(ProbeTarget target, Outcome outcome, @Nullable Duration latency) {
    boolean works = outcome.isSuccess();
    long nanos = latency == null ? Phases.NOT_REACHED : latency.toNanos();
    return new Measurement(
        target,
        outcome,
        new Phases(nanos, Phases.NOT_REACHED, nanos, Math.max(nanos, 1)),
        works ? 200 : 0,
        timeline.now(),
        works ? "" : faults.getOrDefault(target.address(), "no answer"),
        Optional.empty(),
        works ? load(target) : OptionalDouble.empty());
  }
}
