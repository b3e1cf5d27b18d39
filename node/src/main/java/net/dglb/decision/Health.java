package net.dglb.decision;

/** Whether a target works, after dampening. Unknown is not down. */
public enum Health {
  UP,
  UNKNOWN,
  DOWN
}
