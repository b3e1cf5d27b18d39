package net.dglb.backbone.index;

import net.dglb.backbone.announce.LoadBalancer;

/**
 * A load balancer in the order of an anchor.
 *
 * @param loadBalancer as it was when the order was made
 * @param why it stands there
 */
public record Ordered(LoadBalancer loadBalancer, Why why) {

  /** What puts a load balancer into an order. */
  public enum Why {
    ANNOUNCED("announced the prefix"),
    COMPUTED("named by the computed map"),
    NEAREST("next by distance"),
    ESTIMATED("lowest estimated latency of its answer for the place"),
    HASHED("next by the hash of the network");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    /** The reason for people. */
    public String text() {
      return text;
    }
  }
}
