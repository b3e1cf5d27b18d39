package net.dglb.backbone.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * Keeps the tables from prefixes to anchors up to date and makes indexes of them. An announcement
 * costs what it changes; a load balancer that dies or comes back costs the orders only. Lives on
 * the control thread.
 */
public final class IndexCompiler {

  private final AnchorNumbers numbers = new AnchorNumbers();
  private final AnnouncedPrefixes resolvers = new AnnouncedPrefixes(numbers);
  private final AnnouncedPrefixes clients = new AnnouncedPrefixes(numbers);
  private final FallbackPrefixes computed = new FallbackPrefixes(numbers);
  private final FallbackPrefixes located = new FallbackPrefixes(numbers);

  /**
   * Takes the place of the same load balancer's last announcement; a withdrawn one has no prefix.
   */
  public void put(StoredAnnouncement announcement) {
    resolvers.put(announcement.id(), announcement.resolverPrefixes());
    clients.put(announcement.id(), announcement.clientPrefixes());
  }

  /** Takes a computed map: for each prefix the ids of load balancers, best first. */
  public void computedMap(Map<Prefix, List<String>> map) {
    Map<Prefix, Anchor> anchors = new HashMap<>();
    map.forEach((prefix, ids) -> anchors.put(prefix, new Anchor.Computed(ids)));
    computed.replace(anchors);
  }

  /** Takes the locations of resolvers. */
  public void locations(Map<Prefix, Location> map) {
    Map<Prefix, Anchor> anchors = new HashMap<>();
    map.forEach((prefix, location) -> anchors.put(prefix, Anchor.Located.near(location)));
    located.replace(anchors);
  }

  /** The index for the load balancers as they are now. */
  public ResolverIndex compile(List<LoadBalancer> loadBalancers) {
    return new ResolverIndex(
        resolvers.table(),
        clients.table(),
        computed.table(),
        located.table(),
        numbers.orders(new AnchorOrder(loadBalancers)));
  }
}
