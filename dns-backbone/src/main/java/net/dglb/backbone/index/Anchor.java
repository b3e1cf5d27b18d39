package net.dglb.backbone.index;

import java.util.List;
import java.util.Set;
import net.dglb.net.Location;

/**
 * What a prefix stands for: a way of choosing load balancers that stays the same while they come
 * and go. Prefix tables hold anchors' numbers; only the orders of anchors are computed again when a
 * load balancer dies.
 */
public sealed interface Anchor {

  /** Announced by these load balancers. */
  record Announced(Set<String> loadBalancers) implements Anchor {

    /** Copies the set. */
    public Announced {
      loadBalancers = Set.copyOf(loadBalancers);
    }
  }

  /** Listed in the computed map, best first. */
  record Computed(List<String> loadBalancers) implements Anchor {

    /** Copies the list. */
    public Computed {
      loadBalancers = List.copyOf(loadBalancers);
    }
  }

  /** Known to stand at a location, rounded so that many prefixes share an anchor. */
  record Located(Location location) implements Anchor {

    /** Rounds to a whole degree, 111 km at most: closer than load balancers usually stand. */
    static Located near(Location exact) {
      return new Located(new Location(Math.rint(exact.latitude()), Math.rint(exact.longitude())));
    }
  }

  /** Nothing is known but the block that the resolver's address falls into by its hash. */
  record Hashed(int block) implements Anchor {}
}
