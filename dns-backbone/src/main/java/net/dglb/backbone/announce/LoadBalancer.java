package net.dglb.backbone.announce;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * A load balancer as this node sees it now.
 *
 * @param ordinal a small number that stays the same while the process lives; the index of tables
 * @param announcement its last statement
 * @param presence whether any backbone node hears it
 */
public record LoadBalancer(int ordinal, StoredAnnouncement announcement, Presence presence) {

  /** Its name in the network, and the label before a service's name. */
  public String id() {
    return announcement.id();
  }

  /** Where it stands, if it said so. */
  public Optional<Location> location() {
    return announcement.announcement().location();
  }

  /** Where it answers DNS; none if it withdrew. */
  public List<InetAddress> addresses() {
    return announcement.addresses();
  }

  /** The resolvers that it stood beside if it withdrew, else those that it stands beside. */
  public List<Prefix> formerResolvers() {
    return announcement.announcement().resolverPrefixes();
  }

  /** Whether it left the network. */
  public boolean withdrawn() {
    return announcement.withdrawn();
  }

  /** Whether it wants every service before it is asked for one. */
  public boolean inAdvance() {
    return announcement.announcement().inAdvance() && !withdrawn();
  }

  /** Whether some backbone node hears it, or nobody could have heard it yet. */
  public boolean live() {
    return presence == Presence.LIVE || presence == Presence.PRESUMED;
  }

  /** Whether some backbone node hears it, or did a moment ago. */
  public boolean heard() {
    return presence == Presence.LIVE;
  }

  /** Whether resolvers may be referred there: it is live and did not withdraw. */
  public boolean inService() {
    return live() && !withdrawn();
  }

  /** Whether the resolvers that it announced are referred to its label, even if it is lost. */
  public boolean standsForItsPlace() {
    return presence != Presence.LONG_LOST && !withdrawn();
  }

  /** The same, were it lost. */
  public LoadBalancer lost() {
    return new LoadBalancer(ordinal, announcement, Presence.LOST);
  }

  /** Whether this stands for the backbone's own label addresses, not for a load balancer. */
  public boolean isBackbone() {
    return ordinal == Directory.BACKBONE;
  }

  /** How far another one is; unknown distances are longer than all known ones. */
  public double kilometresTo(Optional<Location> other) {
    return other
        .flatMap(there -> location().map(here -> here.kilometresTo(there)))
        .orElse(Double.MAX_VALUE);
  }
}
