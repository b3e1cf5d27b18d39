package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceSet;
import net.dglb.service.Service;

/** Makes the services' parts of one compilation for resolvers beside whom nobody measures. */
record PlaceParts(
    PlaceMarks marks,
    EstimatedPlaces estimated,
    PlaceRankings rankings,
    ResolverIndex index,
    List<LoadBalancer> loadBalancers,
    Instant now) {

  /** A service's part. */
  PlacePart of(Service service) {
    if (index.places().size() == 0) {
      return PlacePart.NONE;
    }
    return marks.part(
        service,
        estimated.orders(ServiceSet.of(service), index, loadBalancers),
        service.answersUnannounced()
            ? Optional.of(rankings.answers(service, index.places(), now))
            : Optional.empty());
  }
}
