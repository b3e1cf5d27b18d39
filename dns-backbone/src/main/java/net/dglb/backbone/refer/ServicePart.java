package net.dglb.backbone.refer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.dglb.backbone.index.Places;
import net.dglb.dns.zone.AddressSets;
import org.jspecify.annotations.Nullable;

/**
 * What answers need of one service: for each load balancer's ordinal, who serves the label and how
 * long that holds. Immutable.
 */
final class ServicePart {

  private static final LabelPart[] NO_LABELS = {};
  private static final DemandMarks NO_MARKS = new DemandMarks(0);

  private final boolean direct;
  private final AddressTypes addressTypes;
  private final int referralTtlSeconds;
  private final int shortTtlSeconds;
  private final LabelPart[] labels;

  private final LabelMarks marks;
  private final NameServerSet[] nameServers;
  private final int firstMark;
  private final DemandMarks demand;
  private final PlacePart places;

  /**
   * Puts a service's part together.
   *
   * @param direct whether the backbone answers the addresses itself
   * @param addressTypes what all its answers with addresses have in common
   * @param referralTtlSeconds of CNAMEs to labels whose load balancer serves them itself
   * @param shortTtlSeconds of CNAMEs to other labels: soon there will be something better
   * @param labels by the load balancer's ordinal; not to be changed any more
   * @param firstMark the demand mark of ordinal 0
   * @param places for resolvers beside whom nobody measures
   */
  ServicePart(
      boolean direct,
      AddressTypes addressTypes,
      int referralTtlSeconds,
      int shortTtlSeconds,
      LabelPart[] labels,
      int firstMark,
      DemandMarks demand,
      PlacePart places) {
    this.direct = direct;
    this.addressTypes = addressTypes;
    this.referralTtlSeconds = referralTtlSeconds;
    this.shortTtlSeconds = shortTtlSeconds;
    this.labels = labels;
    this.marks = new LabelMarks(labels);
    this.nameServers =
        Arrays.stream(labels).map(LabelPart::nameServers).toArray(NameServerSet[]::new);
    this.firstMark = firstMark;
    this.demand = demand;
    this.places = places;
  }

  /** Whether a part made of these would be the same; load balancers and marks unchanged. */
  boolean isOf(
      boolean isDirect,
      AddressTypes types,
      int referralTtl,
      int shortTtl,
      LabelPart[] parts,
      PlacePart places) {
    return isDirect == direct
        && types.equals(addressTypes)
        && referralTtl == referralTtlSeconds
        && shortTtl == shortTtlSeconds
        && places.equals(this.places)
        && Arrays.equals(parts, labels);
  }

  /** Whether the backbone answers the addresses itself instead of leading to a label. */
  boolean isDirect() {
    return direct;
  }

  /** What its answers with addresses have in common. */
  AddressTypes addressTypes() {
    return addressTypes;
  }

  /**
   * The order in which load balancers come into question: by estimate if there is one for the
   * place, else the usual one.
   *
   * @param place where nobody measures and an estimate counts more, or NONE
   * @param usual the order without an estimate
   */
  int[] order(int place, int[] usual) {
    int[] estimated = estimated(place);
    return estimated == null ? usual : estimated;
  }

  /** Whether the order of a place is by estimate. */
  boolean isEstimated(int place) {
    return estimated(place) != null;
  }

  private int @Nullable [] estimated(int place) {
    return place == Places.NONE ? null : places.orders().find(place);
  }

  /** The position in an order of the first whose label stands for its place; -1 if none does. */
  int choose(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (marks.standsForItsPlace(order[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Whose label is answered: the chosen one's; else the first one's; else the backbone's own. */
  static int ordinal(int[] order, int chosen) {
    if (order.length == 0) {
      return LabelTable.BACKBONE;
    }
    return order[Math.max(chosen, 0)];
  }

  /** Says that a resolver at a place asked, for whom the order was made. */
  void markDemand(int place, int[] order) {
    if (place != Places.NONE) {
      places.markDemand(place);
    }
    if (order.length > 0) {
      markDemand(order[0]);
    }
  }

  /** What is answered at a place by estimate instead of a label; null if nothing is. */
  @Nullable AddressSets estimatedAnswer(int place) {
    return places.answer(place);
  }

  /** Whether there will soon be an estimate to answer at a place. */
  boolean isAwaited(int place) {
    return places.isAwaited(place);
  }

  /** How long a CNAME to this label holds that somebody at a place is given. */
  int ttlSeconds(int ordinal, int place) {
    return marks.isMeasured(ordinal) && !isAwaited(place) ? referralTtlSeconds : shortTtlSeconds;
  }

  /** The longest that addresses hold that somebody at a place is answered. */
  int longestAnswerTtlSeconds(int place) {
    return isAwaited(place) ? shortTtlSeconds : Integer.MAX_VALUE;
  }

  /** The longest TTL that any CNAME of this service has. */
  int longestTtlSeconds() {
    return Math.max(referralTtlSeconds, shortTtlSeconds);
  }

  /** Says that a resolver asked for this label. */
  void markDemand(int ordinal) {
    demand.mark(firstMark + ordinal);
  }

  /**
   * The part as it would be, were these load balancers lost, at the moment when that is seen. For
   * explanations; allocates.
   */
  ServicePart without(Set<Integer> lost, LoadBalancerPart backbone) {
    LabelPart[] then = new LabelPart[labels.length];
    for (int i = 0; i < labels.length; i++) {
      LabelPart now = labels[i];
      then[i] =
          new LabelPart(
              now.inUse(),
              now.measured(),
              now.live() && !lost.contains(i),
              now.nameServers().without(lost, backbone, shortTtlSeconds),
              now.addresses(),
              now.ds(),
              now.signed());
    }
    return new ServicePart(
        direct, addressTypes, referralTtlSeconds, shortTtlSeconds, then, firstMark, demand, places);
  }

  /** What this part was, as far as the one differs that takes its place. */
  ServiceChange changeTo(ServicePart after) {
    Map<Integer, LabelPart> others = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      if (i >= after.labels.length || !labels[i].equals(after.labels[i])) {
        others.put(i, labels[i]);
      }
    }
    return new ServiceChange(
        new ServicePart(
            direct,
            addressTypes,
            referralTtlSeconds,
            shortTtlSeconds,
            NO_LABELS,
            0,
            NO_MARKS,
            places.unmarked()),
        labels.length,
        others);
  }

  /** The part that this one took the place of. For explanations; nothing is marked in it. */
  ServicePart undo(ServiceChange change) {
    LabelPart[] then = Arrays.copyOf(labels, change.size());
    change.labels().forEach((ordinal, label) -> then[ordinal] = label);
    ServicePart shell = change.shell();
    return new ServicePart(
        shell.direct,
        shell.addressTypes,
        shell.referralTtlSeconds,
        shell.shortTtlSeconds,
        then,
        0,
        NO_MARKS,
        shell.places);
  }

  /** For resolvers beside whom nobody measures. */
  PlacePart places() {
    return places;
  }

  /** To whom a label is referred. */
  NameServerSet nameServers(int ordinal) {
    return nameServers[ordinal];
  }

  /** The part of one label. */
  LabelPart label(int ordinal) {
    return labels[ordinal];
  }
}
