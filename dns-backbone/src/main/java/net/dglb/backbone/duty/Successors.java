package net.dglb.backbone.duty;

import java.util.List;
import net.dglb.backbone.announce.LoadBalancer;

/** Who is nearest to the resolvers of a load balancer that withdrew. */
@FunctionalInterface
public interface Successors {

  /** Ordinals of load balancers, the best first; none if nothing is known of the resolvers. */
  List<Integer> of(LoadBalancer withdrawn);
}
