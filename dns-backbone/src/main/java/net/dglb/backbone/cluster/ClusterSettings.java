package net.dglb.backbone.cluster;

import java.time.Duration;
import java.util.List;
import net.dglb.net.Endpoint;

/**
 * How this node takes part in the grid.
 *
 * @param name nodes join only those with the same name
 * @param listen the only address that is bound
 * @param members the other nodes; this one may be among them
 * @param heartbeatInterval between members' heartbeats, whole seconds
 * @param heartbeatTimeout after which a silent member is given up, whole seconds
 */
public record ClusterSettings(
    String name,
    Endpoint listen,
    List<Endpoint> members,
    Duration heartbeatInterval,
    Duration heartbeatTimeout) {

  /** Copies the list and checks the times. */
  public ClusterSettings {
    members = List.copyOf(members);
    if (heartbeatTimeout.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "heartbeat-timeout: "
              + heartbeatTimeout.toSeconds()
              + " s (expected at least twice the heartbeat-interval of "
              + heartbeatInterval.toSeconds()
              + " s)");
    }
  }

  /** The members without this node. */
  public List<Endpoint> others() {
    return members.stream().filter(member -> !member.equals(listen)).toList();
  }
}
