package net.dglb.lb;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.time.Timeline;

/** How busy this process and its machine are. Used on the control thread only. */
final class OwnLoad implements Supplier<Map<String, Double>> {

  private static final double NANOS = 1e9;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final LongSupplier queries;
  private final Timeline timeline;
  private long lastQueries;
  private long lastNanos;

  /**
   * Counts from now on.
   *
   * @param queries how many were received since the start
   */
  OwnLoad(LongSupplier queries, Timeline timeline) {
    this.queries = queries;
    this.timeline = timeline;
    lastNanos = timeline.nanoTime();
  }

  /** Measures since the last call; the machine's, if it tells, of about the same time. */
  @Override
  public Map<String, Double> get() {
    Map<String, Double> measures = new LinkedHashMap<>();
    long now = timeline.nanoTime();
    long count = queries.getAsLong();
    if (now > lastNanos) {
      measures.put(WireLoad.QUERIES_PER_SECOND, (count - lastQueries) * NANOS / (now - lastNanos));
    }
    lastQueries = count;
    lastNanos = now;
    double cpu = machine.getCpuLoad();
    if (cpu >= 0) {
      measures.put(WireLoad.CPU, cpu);
    }
    Runtime process = Runtime.getRuntime();
    double used = process.totalMemory() - (double) process.freeMemory();
    measures.put(WireLoad.MEMORY, used / process.maxMemory());
    return measures;
  }
}
