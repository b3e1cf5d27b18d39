package net.dglb.backbone.refer;

import java.util.List;

/**
 * How the published tables refer one label of one service.
 *
 * @param label the id of the load balancer whose place it stands for; {@code label} for the
 *     backbone's own
 * @param inUse whether somebody asked for it; otherwise the label address answers the nearest site
 * @param measured whether that load balancer has served it, so that the CNAME has its full TTL
 * @param live whether that load balancer is in service
 * @param aliasTtlSeconds of the CNAME to it
 * @param nameServers ids of those that it is referred to, in order
 * @param nameServerTtlSeconds of the referral
 */
public record LabelReferral(
    String label,
    boolean inUse,
    boolean measured,
    boolean live,
    int aliasTtlSeconds,
    List<String> nameServers,
    int nameServerTtlSeconds) {

  /** Copies the list. */
  public LabelReferral {
    nameServers = List.copyOf(nameServers);
  }
}
