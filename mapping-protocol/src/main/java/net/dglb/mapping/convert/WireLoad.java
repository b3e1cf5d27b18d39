package net.dglb.mapping.convert;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.dglb.mapping.wire.Load;

/** Measures of a node's own load, by name. */
public final class WireLoad {

  /** DNS queries per second since the last message. */
  public static final String QUERIES_PER_SECOND = "queries-per-second";

  /** How busy the machine's processors are, 0 to 1. */
  public static final String CPU = "cpu";

  /** How much of the memory that the process may use is in use, 0 to 1. */
  public static final String MEMORY = "memory";

  /** Those that every node knows. */
  public static final List<String> MEASURES = List.of(QUERIES_PER_SECOND, CPU, MEMORY);

  /** The most measures of one message. */
  public static final int MAX_MEASURES = 32;

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private WireLoad() {}

  /** A message with these measures. */
  public static Load toWire(Map<String, Double> measures) {
    return Load.newBuilder().putAllMetrics(measures).build();
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException if it has too many measures, or one that makes no sense
   */
  public static SortedMap<String, Double> fromWire(Load message) throws MalformedMessageException {
    if (message.getMetricsCount() > MAX_MEASURES) {
      throw new MalformedMessageException(
          "metrics: " + message.getMetricsCount() + " (expected at most " + MAX_MEASURES + ")");
    }
    SortedMap<String, Double> measures = new TreeMap<>();
    for (Map.Entry<String, Double> each : message.getMetricsMap().entrySet()) {
      if (!NAME.matcher(each.getKey()).matches()) {
        throw new MalformedMessageException(
            "metrics: \"" + each.getKey() + "\" (expected a name of 1 to 40 of a-z, 0-9 and '-')");
      }
      if (!(each.getValue() >= 0 && each.getValue() < Double.POSITIVE_INFINITY)) {
        throw new MalformedMessageException(
            "metrics." + each.getKey() + ": " + each.getValue() + " (expected 0 or more)");
      }
      measures.put(each.getKey(), each.getValue());
    }
    return measures;
  }
}
