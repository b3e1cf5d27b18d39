package net.dglb.decision.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.decision.path.PathPrior.Likeness;
import net.dglb.net.Location;

/**
 * Kriging (regression by a Gaussian process) over paths: the estimate of a path is what geography
 * says of its time, corrected by what the measured paths turned out to be, each as far as it is
 * alike. Where nothing alike was measured, geography is left. Costs the cube of the number of paths
 * to fit, and that number per estimate's mean, its square for the range.
 */
public final class KrigedPaths implements LatencyEstimator {

  /** The most paths that one model is made from. */
  public static final int MAX_PATHS = 1_000;

  private final List<Location> places;
  private final int[] from;
  private final int[] to;
  private final double[] outward;
  private final double centre;
  private final Cholesky factor;
  private final double[] weights;

  private KrigedPaths(List<MeasuredPath> paths, int measured) {
    from = new int[paths.size()];
    to = new int[paths.size()];
    places = number(paths);
    outward = new double[paths.size()];
    double[] values = new double[paths.size()];
    for (int i = 0; i < values.length; i++) {
      Way way = Way.between(paths.get(i).one(), paths.get(i).other());
      outward[i] = way.outward();
      values[i] = value(paths.get(i).latencyMillis(), way);
    }
    centre = median(values);
    factor = new Cholesky(covariances(measured));
    weights = factor.solve(rests(values));
  }

  /**
   * Fits a model.
   *
   * @param measured by the network itself
   * @param known of the Internet at large, such as {@link KnownPaths#PUBLISHED}; may be empty
   * @throws IllegalArgumentException if there are more than {@link #MAX_PATHS} in all
   */
  public static KrigedPaths fit(Collection<MeasuredPath> measured, Collection<MeasuredPath> known) {
    List<MeasuredPath> all = new ArrayList<>(measured);
    all.addAll(known);
    if (all.size() > MAX_PATHS) {
      throw new IllegalArgumentException(
          "paths: " + all.size() + " (expected at most " + MAX_PATHS + ")");
    }
    return new KrigedPaths(all, measured.size());
  }

  private List<Location> number(List<MeasuredPath> paths) {
    Map<Location, Integer> numbers = new HashMap<>();
    List<Location> list = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      from[i] = number(paths.get(i).one(), numbers, list);
      to[i] = number(paths.get(i).other(), numbers, list);
    }
    return list;
  }

  private static int number(Location place, Map<Location, Integer> numbers, List<Location> list) {
    return numbers.computeIfAbsent(
        place,
        added -> {
          list.add(added);
          return list.size() - 1;
        });
  }

  /** What is left of the values without the centre. */
  private double[] rests(double[] values) {
    double[] rests = new double[values.length];
    for (int i = 0; i < rests.length; i++) {
      rests[i] = values[i] - outward[i] * centre;
    }
    return rests;
  }

  private double[][] covariances(int measured) {
    Likeness[][] likeness = places.stream().map(this::likeness).toArray(Likeness[][]::new);
    double[][] matrix = new double[from.length][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = covariance(likeness[from[i]], likeness[to[i]], outward[i], i + 1);
      double noise = i < measured ? PathPrior.MEASURED_NOISE : PathPrior.KNOWN_NOISE;
      matrix[i][i] += noise * noise;
    }
    return matrix;
  }

  private Likeness[] likeness(Location place) {
    return places.stream()
        .map(other -> Likeness.at(place.kilometresTo(other)))
        .toArray(Likeness[]::new);
  }

  /** The covariances of a path between two places with the first paths of the model. */
  private double[] covariance(Likeness[] one, Likeness[] other, double out, int paths) {
    double[] row = new double[paths];
    for (int i = 0; i < paths; i++) {
      row[i] =
          out
              * outward[i]
              * PathPrior.covariance(one[from[i]], other[to[i]], one[to[i]], other[from[i]]);
    }
    return row;
  }

  @Override
  public PathEstimate estimate(Location one, Location other) {
    Way way = Way.between(one, other);
    double[] row = covariance(likeness(one), likeness(other), way.outward(), from.length);
    double mean = way.outward() * centre;
    for (int i = 0; i < row.length; i++) {
      mean += row[i] * weights[i];
    }
    double variance = variance(row, way);
    double deviation = Math.sqrt(variance);
    return new PathEstimate(
        millis(mean + variance / 2, way),
        millis(mean - deviation, way),
        millis(mean + deviation, way));
  }

  private double variance(double[] row, Way way) {
    Likeness ends = Likeness.at(way.kilometres());
    double variance =
        way.outward()
            * way.outward()
            * PathPrior.covariance(Likeness.SAME, Likeness.SAME, ends, ends);
    for (double part : factor.half(row)) {
      variance -= part * part;
    }
    return Math.max(0, variance);
  }

  private static double value(double latencyMillis, Way way) {
    return Math.log((latencyMillis + Way.OFFSET_MILLIS) / way.baseMillis());
  }

  private static double millis(double value, Way way) {
    return Math.max(way.floorMillis(), Math.exp(value) * way.baseMillis() - Way.OFFSET_MILLIS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
