package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.dglb.backbone.announce.LoadBalancer;

/**
 * Who is to hold a label: its own load balancer and the nearest others that are in service; if it
 * withdrew, those that its resolvers are referred to now. A deterministic function, so that
 * backbone nodes that know the same choose the same.
 */
final class HolderChoice {

  private HolderChoice() {}

  /**
   * Chooses.
   *
   * @param own the load balancer whose place the label names; among the chosen unless it withdrew,
   *     even while it is not heard, since it may come back
   * @param all every load balancer known, by ordinal
   * @param backups how many others
   * @param successors of one that withdrew: who its resolvers are referred to now
   */
  static List<String> of(
      LoadBalancer own, List<LoadBalancer> all, int backups, Successors successors) {
    List<String> chosen = new ArrayList<>();
    if (!own.withdrawn()) {
      chosen.add(own.id());
    }
    List<Integer> first = own.withdrawn() ? successors.of(own) : List.of();
    all.stream()
        .filter(lb -> lb.inService() && !lb.id().equals(own.id()) && !lb.isBackbone())
        .sorted(
            Comparator.comparingInt((LoadBalancer lb) -> rank(first, lb.ordinal()))
                .thenComparing(nearestTo(own)))
        .limit(backups)
        .forEach(lb -> chosen.add(lb.id()));
    return List.copyOf(chosen);
  }

  private static int rank(List<Integer> first, int ordinal) {
    int at = first.indexOf(ordinal);
    return at < 0 ? Integer.MAX_VALUE : at;
  }

  /** The nearest first; equally far ones by id. */
  static Comparator<LoadBalancer> nearestTo(LoadBalancer place) {
    return Comparator.comparingDouble((LoadBalancer lb) -> lb.kilometresTo(place.location()))
        .thenComparing(LoadBalancer::id);
  }
}
