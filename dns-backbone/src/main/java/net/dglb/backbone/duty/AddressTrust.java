package net.dglb.backbone.duty;

/** Whether a load balancer's DNS addresses answered when last asked. */
public interface AddressTrust {

  /** True if every address answered the last check, or answered before the node started. */
  boolean isTrusted(String loadBalancer);

  /** True if an address did not answer this node's own last check. */
  boolean isFailing(String loadBalancer);
}
