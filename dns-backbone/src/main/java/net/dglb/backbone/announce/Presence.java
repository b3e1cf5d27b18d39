package net.dglb.backbone.announce;

/** Whether a load balancer is heard by any backbone node. */
public enum Presence {
  /** Some backbone node hears it, or did a moment ago. */
  LIVE,
  /** Nobody hears it, but this node started so lately that this says little. */
  PRESUMED,
  /** Nobody hears it. Its label stands for its place: others answer from what it measured. */
  LOST,
  /** Nobody has heard it for so long that its label no longer stands for its place. */
  LONG_LOST
}
