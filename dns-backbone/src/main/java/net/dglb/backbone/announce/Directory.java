package net.dglb.backbone.announce;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;

/**
 * Every load balancer that this node knows of, those that withdrew included, with ordinals that are
 * never given twice while the process lives. Lives on the control thread.
 */
public final class Directory {

  /** The ordinal of the backbone's label addresses, which answer every label. */
  public static final int BACKBONE = 0;

  /** The id that stands for them; no load balancer may have it. */
  public static final String BACKBONE_ID = "label";

  private static final int DNS_PORT = 53;

  private final Map<String, Integer> ordinals = new HashMap<>();
  private final List<StoredAnnouncement> announcements = new ArrayList<>();
  private final List<Instant> since = new ArrayList<>();
  private final InstantSource clock;
  private final Function<String, Presence> presence;

  /**
   * A directory that holds the backbone's label addresses only.
   *
   * @param presence whether a load balancer is heard now
   */
  public Directory(
      Collection<InetAddress> labelAddresses,
      InstantSource clock,
      Function<String, Presence> presence) {
    this.clock = clock;
    this.presence = id -> id.equals(BACKBONE_ID) ? Presence.LIVE : presence.apply(id);
    labelAddresses(labelAddresses);
  }

  /** Takes the label addresses of all backbone nodes that are heard. */
  public void labelAddresses(Collection<InetAddress> addresses) {
    Announcement own =
        new Announcement(
            BACKBONE_ID,
            AnnouncementVersion.NONE.next(),
            Optional.empty(),
            addresses.stream().limit(Announcement.MAX_ADDRESSES).toList(),
            DNS_PORT,
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            List.of());
    put(new StoredAnnouncement(own, false));
  }

  /** Takes what a load balancer says now. */
  public void put(StoredAnnouncement announcement) {
    Integer ordinal = ordinals.get(announcement.id());
    if (ordinal == null) {
      ordinals.put(announcement.id(), announcements.size());
      announcements.add(announcement);
      since.add(clock.instant());
    } else if (!announcement.equals(announcements.set(ordinal, announcement))) {
      since.set(ordinal, clock.instant());
    }
  }

  /** When this node heard a load balancer's present announcement; its start if it had it then. */
  public Optional<Instant> since(String id) {
    return Optional.ofNullable(ordinals.get(id)).map(since::get);
  }

  /** One load balancer as it is now. */
  public Optional<LoadBalancer> find(String id) {
    return Optional.ofNullable(ordinals.get(id)).map(this::at);
  }

  /** All load balancers as they are now; the position in the list is the ordinal. */
  public List<LoadBalancer> all() {
    List<LoadBalancer> all = new ArrayList<>(announcements.size());
    for (int i = 0; i < announcements.size(); i++) {
      all.add(at(i));
    }
    return List.copyOf(all);
  }

  private LoadBalancer at(int ordinal) {
    StoredAnnouncement announcement = announcements.get(ordinal);
    return new LoadBalancer(ordinal, announcement, presence.apply(announcement.id()));
  }
}
