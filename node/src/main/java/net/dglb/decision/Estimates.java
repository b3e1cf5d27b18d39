package net.dglb.decision;

import net.dglb.service.ProbeTarget;

/** One place's view of its targets. */
@FunctionalInterface
public interface Estimates {

  /** What is known of a target; {@link SiteState#UNKNOWN} if it was never heard of. */
  SiteState of(ProbeTarget target);
}
