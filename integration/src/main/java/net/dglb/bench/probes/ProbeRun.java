package net.dglb.bench.probes;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import net.dglb.measure.estimate.Scoreboard;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.NetworkProber;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.ProberSettings;
import net.dglb.measure.schedule.Lateness;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.measure.schedule.ProbeScheduler;
import net.dglb.measure.schedule.ScheduleSettings;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.time.ControlThread;

/** One run of the product's own schedule, prober and estimates against local sites. */
final class ProbeRun {

  private final int sites;
  private final Duration interval;
  private final Scoreboard scoreboard = new Scoreboard();
  private final EnumMap<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long[] lateNanos = new long[1024];
  private int lateCount;
  private Lateness lateness = Lateness.NONE;
  private boolean counting;

  ProbeRun(int sites, Duration interval) {
    this.sites = sites;
    this.interval = interval;
  }

  /**
   * What was seen.
   *
   * @param outcomes of the probes that ended while it was counted
   * @param seconds for which it was counted
   * @param cpuSeconds of this process in that time, the sites' share included
   * @param heapMegabytes in use at the end, after a collection of garbage
   * @param lateness of the probes that began meanwhile, as the metrics of a load balancer show it
   * @param lateMillis by how much probes began later than planned: median, 99th percentile, maximum
   */
  record Seen(
      Map<Outcome, Long> outcomes,
      double seconds,
      double cpuSeconds,
      double heapMegabytes,
      Lateness lateness,
      List<Double> lateMillis) {}

  /** Warms up for one interval and a bit, then counts. */
  Seen run(Duration counted) throws IOException, InterruptedException {
    try (LocalSites local = new LocalSites(0);
        ControlThread control = new ControlThread("bench");
        NetworkProber prober = new NetworkProber(ProberSettings.DEFAULT, Clock.systemUTC())) {
      ProbeScheduler scheduler =
          new ProbeScheduler(
              prober,
              control,
              RandomGenerator.getDefault(),
              ScheduleSettings.DEFAULT,
              this::measured,
              this::began);
      ProbePlan plan = plan(local.port());
      CompletableFuture.runAsync(
              () -> {
                scoreboard.follow(plan);
                scheduler.follow(plan);
              },
              control)
          .join();
      pass(interval.plus(interval));
      CompletableFuture.runAsync(() -> counting = true, control).join();
      long start = System.nanoTime();
      long cpu = cpuNanos();
      pass(counted);
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      double seconds = (System.nanoTime() - start) / 1e9;
      return CompletableFuture.supplyAsync(() -> seen(seconds, cpuSeconds), control).join();
    }
  }

  private ProbePlan plan(int port) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            port,
            "/",
            "www.example.org",
            interval,
            Duration.ofMillis(interval.toMillis() / 6),
            HealthCheck.USUAL_RISE,
            HealthCheck.USUAL_FALL,
            HealthCheck.USUAL_STATUSES);
    Map<ProbeTarget, Duration> intervals = new HashMap<>();
    for (int site = 0; site < sites; site++) {
      intervals.put(new ProbeTarget(LocalSites.address(site), check), interval);
    }
    return new ProbePlan(intervals);
  }

  private void measured(Measurement measurement) {
    scoreboard.accept(measurement);
    if (counting) {
      outcomes.merge(measurement.outcome(), 1L, Long::sum);
    }
  }

  private void began(long nanos) {
    if (counting) {
      if (lateCount == lateNanos.length) {
        lateNanos = Arrays.copyOf(lateNanos, 2 * lateCount);
      }
      lateNanos[lateCount++] = nanos;
      lateness = lateness.with(nanos);
    }
  }

  private Seen seen(double seconds, double cpuSeconds) {
    counting = false;
    long[] sorted = Arrays.copyOf(lateNanos, lateCount);
    Arrays.sort(sorted);
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    return new Seen(
        Map.copyOf(outcomes),
        seconds,
        cpuSeconds,
        heap,
        lateness,
        List.of(late(sorted, 0.5), late(sorted, 0.99), late(sorted, 1)));
  }

  private static double late(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  private static void pass(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
