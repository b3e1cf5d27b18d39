package net.dglb.backbone.refer;

import java.util.Arrays;
import net.dglb.backbone.index.Places;

/**
 * What answers need of one service: for each load balancer's ordinal, who serves the label and how
 * long that holds. Immutable.
 */
final class ServicePart {

  private final int referralTtlSeconds;
  private final int shortTtlSeconds;
  private final LabelPart[] labels;
  private final int firstMark;
  private final DemandMarks demand;
  private final PlacePart places;

  /**
   * Puts a service's part together.
   *
   * @param referralTtlSeconds of CNAMEs to labels whose load balancer serves them itself
   * @param shortTtlSeconds of CNAMEs to other labels: soon there will be something better
   * @param labels by the load balancer's ordinal; not to be changed any more
   * @param firstMark the demand mark of ordinal 0
   * @param places for resolvers beside whom nobody measures
   */
  ServicePart(
      int referralTtlSeconds,
      int shortTtlSeconds,
      LabelPart[] labels,
      int firstMark,
      DemandMarks demand,
      PlacePart places) {
    this.referralTtlSeconds = referralTtlSeconds;
    this.shortTtlSeconds = shortTtlSeconds;
    this.labels = labels;
    this.firstMark = firstMark;
    this.demand = demand;
    this.places = places;
  }

  /** Whether a part made of these would be the same; load balancers and marks unchanged. */
  boolean isOf(int referralTtl, int shortTtl, LabelPart[] parts, PlacePart places) {
    return referralTtl == referralTtlSeconds
        && shortTtl == shortTtlSeconds
        && places.equals(this.places)
        && Arrays.equals(parts, labels);
  }

  /**
   * Chooses the first load balancer of an order whose label stands for its place; else the first;
   * else the backbone's own label. Marks the demand for the first.
   *
   * @param place where nobody measures and an estimate counts more, or NONE
   * @param usual the order without an estimate
   */
  int choose(int place, int[] usual) {
    int[] order = usual;
    if (place != Places.NONE) {
      int[] estimated = places.order(place);
      order = estimated == null ? usual : estimated;
    }
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
