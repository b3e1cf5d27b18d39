package net.dglb.lb;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;

/** Sites that answer after a set virtual time, or refuse. */
final class ScriptedProber implements Prober {

  private VirtualTimeline timeline;
  private final Map<InetAddress, Duration> latencies = new HashMap<>();
  private final Map<InetAddress, Long> throughput = new HashMap<>();
  private long probes;

  ScriptedProber(VirtualTimeline timeline) {
    this.timeline = timeline;
  }

  /** From now on the address answers after that long. */
  void answersAfter(String address, long millis) {
    latencies.put(InetAddress.ofLiteral(address), Duration.ofMillis(millis));
  }

  /** From now on the address refuses connections. */
  void dies(String address) {
    latencies.remove(InetAddress.ofLiteral(address));
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
    timeline.after(
        latency == null ? Duration.ofMillis(1) : latency,
        () -> result.complete(measurement(target, latency != null, latency)));
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

  private Measurement measurement(ProbeTarget target, boolean works, @Nullable Duration latency) {
    long nanos = latency == null ? Phases.NOT_REACHED : latency.toNanos();
    return new Measurement(
        target,
        works ? Outcome.SUCCESS : Outcome.REFUSED,
        new Phases(nanos, Phases.NOT_REACHED, nanos, Math.max(nanos, 1)),
        works ? 200 : 0,
        timeline.now(),
        works ? "" : "connection refused");
  }
}
