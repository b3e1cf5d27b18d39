package net.dglb.backbone.refer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.Place;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.zone.AddressSets;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * What the label address answers for the labels of one service that are not in use: the site
 * nearest to the label's place. Good for the moment until the first question brings a label into
 * use. Each is ranked once, however often answers are compiled.
 */
final class FirstAnswers {

  private final Service service;
  private final Sayings said;
  private final Map<List<LabelRankings.Best>, AddressSets> compiled = new HashMap<>();
  private Place[] places = new Place[0];
  private @Nullable AddressSets[] addresses = new AddressSets[0];

  /**
   * Nothing is ranked yet.
   *
   * @param said what operators say of sites
   */
  FirstAnswers(Service service, Sayings said) {
    this.service = service;
    this.said = said;
  }

  boolean isOf(Service asked, Sayings sayings) {
    return service.equals(asked) && said.equals(sayings);
  }

  /** The answer for a load balancer's place. */
  AddressSets of(LoadBalancer loadBalancer, LabelRankings rankings) {
    int ordinal = loadBalancer.ordinal();
    if (ordinal >= places.length) {
      int size = Math.max(ordinal + 1, 2 * places.length);
      places = Arrays.copyOf(places, size);
      addresses = Arrays.copyOf(addresses, size);
    }
    AddressSets known = addresses[ordinal];
    Optional<Place> before = Optional.ofNullable(places[ordinal]);
    if (known == null
        || !before.map(Place::location).equals(Optional.of(loadBalancer.location()))) {
      Place place = new Place(loadBalancer.id(), loadBalancer.location());
      known = compiled.computeIfAbsent(rankings.unmeasured(service, place), LabelRankings::compile);
      places[ordinal] = place;
      addresses[ordinal] = known;
    }
    return known;
  }
}
