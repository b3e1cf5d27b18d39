package net.dglb.backbone.refer;

import java.util.Arrays;
import java.util.Map;

/**
 * What answers need of one service: for each load balancer's ordinal, who serves the label and how
 * long that holds. Immutable.
 */
final class ServicePart {

  private final int referralTtlSeconds;
  private final int shortTtlSeconds;
  private final LabelPart usual;
  private final Map<Integer, LabelPart> others;
  private final LabelPart[] labels;
  private final int firstMark;
  private final DemandMarks demand;

  /**
   * Puts a service's part together.
   *
   * @param referralTtlSeconds of CNAMEs to labels whose load balancer serves them itself
   * @param shortTtlSeconds of CNAMEs to other labels: soon there will be something better
   * @param usual the part of every label that is not among the others
   * @param others by the load balancer's ordinal
   * @param firstMark the demand mark of ordinal 0
   * @param size how many load balancers there are
   */
  ServicePart(
      int referralTtlSeconds,
      int shortTtlSeconds,
      LabelPart usual,
      Map<Integer, LabelPart> others,
      int firstMark,
      DemandMarks demand,
      int size) {
    this.referralTtlSeconds = referralTtlSeconds;
    this.shortTtlSeconds = shortTtlSeconds;
    this.usual = usual;
    this.others = Map.copyOf(others);
    this.labels = new LabelPart[size];
    Arrays.fill(labels, usual);
    others.forEach((ordinal, part) -> labels[ordinal] = part);
    this.firstMark = firstMark;
    this.demand = demand;
  }

  /** Whether a part made of these would be the same; load balancers and marks unchanged. */
  boolean isOf(int referralTtl, int shortTtl, LabelPart usualPart, Map<Integer, LabelPart> rest) {
    return referralTtl == referralTtlSeconds
        && shortTtl == shortTtlSeconds
        && usualPart.equals(usual)
        && rest.equals(others);
  }

  /**
   * Chooses the first load balancer of an order whose label stands for its place; else the first;
   * else the backbone's own label. Marks the demand for the first.
   */
  int choose(int[] order) {
    if (order.length == 0) {
      return LabelTable.BACKBONE;
    }
    markDemand(order[0]);
    for (int ordinal : order) {
      if (labels[ordinal].standsForItsPlace()) {
        return ordinal;
      }
    }
    return order[0];
  }

  /** How long a CNAME to this label holds. */
  int ttlSeconds(int ordinal) {
    return labels[ordinal].measured() ? referralTtlSeconds : shortTtlSeconds;
  }

  /** Says that a resolver asked for this label. */
  void markDemand(int ordinal) {
    demand.mark(firstMark + ordinal);
  }

  /** The part of one label. */
  LabelPart label(int ordinal) {
    return labels[ordinal];
  }
}
