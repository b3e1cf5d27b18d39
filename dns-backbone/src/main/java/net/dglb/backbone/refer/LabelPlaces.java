package net.dglb.backbone.refer;

import java.util.List;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.Place;

/**
 * The places of all labels by ordinal, and which of their load balancers are in service. Immutable.
 */
final class LabelPlaces {

  private final Place[] places;
  private final boolean[] live;

  private LabelPlaces(Place[] places, boolean[] live) {
    this.places = places;
    this.live = live;
  }

  /** No label has a place. */
  static LabelPlaces none() {
    return new LabelPlaces(new Place[0], new boolean[0]);
  }

  /** The places of these load balancers; this object if nothing has changed. */
  LabelPlaces with(List<LoadBalancer> loadBalancers) {
    Place[] next = new Place[loadBalancers.size()];
    boolean[] nextLive = new boolean[next.length];
    boolean same = next.length == places.length;
    for (LoadBalancer it : loadBalancers) {
      int ordinal = it.ordinal();
      Place place = new Place(it.id(), it.location());
      boolean known = ordinal < places.length && places[ordinal].equals(place);
      next[ordinal] = place;
      nextLive[ordinal] = it.inService() && !it.isBackbone();
      same &= known && live[ordinal] == nextLive[ordinal];
    }
    return same ? this : new LabelPlaces(next, nextLive);
  }

  int size() {
    return places.length;
  }

  /** The place of a label. */
  Place get(int ordinal) {
    return places[ordinal];
  }

  /** Whether a label's load balancer is in service; never for the backbone's own label. */
  boolean isLive(int ordinal) {
    return live[ordinal];
  }

  /** Whether a label's place is still what it was there. */
  boolean isAsIn(LabelPlaces before, int ordinal) {
    return ordinal < before.places.length && before.places[ordinal].equals(places[ordinal]);
  }
}
