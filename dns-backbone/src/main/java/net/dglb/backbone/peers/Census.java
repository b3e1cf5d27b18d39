package net.dglb.backbone.peers;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import net.dglb.time.Timeline;

/**
 * Which backbone nodes this node tells others of. A node that starts with an empty disk knows only
 * itself, and whoever believed that would forget the other nodes: it says nothing until it has read
 * the shared map together with another member, or has been alone for the whole grace after its
 * start. What the journal knows counts as known. Lives on the control thread.
 */
public final class Census {

  private final PeerTable peers;
  private final IntSupplier members;
  private final Duration grace;
  private final Timeline timeline;
  private final long startNanos;
  private boolean complete;

  /**
   * Looks at what the journal brought, so it is made before the first scan.
   *
   * @param members how many members of the cluster this node sees, itself included; 0 while it is
   *     away
   * @param grace how long a node without a cluster, or alone in it, waits for others
   */
  public Census(PeerTable peers, IntSupplier members, Duration grace, Timeline timeline) {
    this.peers = peers;
    this.members = members;
    this.grace = grace;
    this.timeline = timeline;
    this.startNanos = timeline.nanoTime();
    this.complete = peers.all().size() > 1;
  }

  /** The nodes to tell others of, this one first; none before they are known. */
  public List<BackbonePeer> nodes() {
    List<BackbonePeer> known = peers.all();
    complete = complete || hasMetAllMembers(known.size()) || graceIsOver();
    return complete ? known : List.of();
  }

  private boolean hasMetAllMembers(int known) {
    return known > 1 && known >= members.getAsInt();
  }

  private boolean graceIsOver() {
    return timeline.nanoTime() - startNanos >= grace.toNanos();
  }
}
