package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.StoredAnnouncement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tables from prefixes to anchors up to date and makes indexes of them. An announcement
 * costs what it changes; a load balancer that dies or comes back costs the orders only. Lives on
 * the control thread.
 */
public final class IndexCompiler {

  private final AnchorNumbers numbers = new AnchorNumbers();
  private final AnnouncedPrefixes resolvers = new AnnouncedPrefixes(numbers);
  private final AnnouncedPrefixes clients = new AnnouncedPrefixes(numbers);
  private FallbackTable computed = FallbackTable.empty();
  private FallbackTable located = FallbackTable.empty();

  /**
   * Takes the place of the same load balancer's last announcement; a withdrawn one has no prefix.
   */
  public void put(StoredAnnouncement announcement) {
    resolvers.put(announcement.id(), announcement.resolverPrefixes());
    clients.put(announcement.id(), announcement.clientPrefixes());
  }

  /** Takes a computed map: for each prefix the ids of load balancers, best first. */
  public void computedMap(FallbackTable table) {
    computed = table;
  }

  /** Takes the locations of resolvers. */
  public void locations(FallbackTable table) {
    located = table;
  }

  /** The index for the load balancers as they are now. */
  public ResolverIndex compile(List<LoadBalancer> loadBalancers) {
    List<@Nullable Anchor> anchors = new ArrayList<>(numbers.anchors());
    int firstComputed = anchors.size();
    anchors.addAll(computed.anchors());
    int firstLocated = anchors.size();
    anchors.addAll(located.anchors());
    AnchorOrder order = new AnchorOrder(loadBalancers);
    int[][] orders = new int[anchors.size()][];
    Places.Builder places = new Places.Builder(anchors.size());
    for (int i = 0; i < orders.length; i++) {
      Anchor anchor = anchors.get(i);
      orders[i] = anchor == null ? new int[0] : order.of(anchor);
      if (anchor != null) {
        int number = i;
        order.unmeasured(anchor).ifPresent(location -> places.put(number, location));
      }
    }
    return new ResolverIndex(
        resolvers.table(),
        clients.table(),
        new ResolverIndex.Fallback(computed.prefixes(), firstComputed),
        new ResolverIndex.Fallback(located.prefixes(), firstLocated),
        orders,
        places.build(),
        new AnchorReasons(anchors, order));
  }
}
