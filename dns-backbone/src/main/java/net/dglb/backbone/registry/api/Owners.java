package net.dglb.backbone.registry.api;

import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.ZoneRegistry;

/** Lets only owners change what is theirs; whoever else tries is noted in the audit. */
final class Owners {

  private final ZoneRegistry registry;

  Owners(ZoneRegistry registry) {
    this.registry = registry;
  }

  /**
   * Requires that an enterprise's things may be changed.
   *
   * @param action what is tried, in the words of the audit
   * @param subject of what
   */
  void require(Access access, String enterprise, String action, String subject)
      throws Access.DeniedException {
    try {
      access.require(enterprise);
    } catch (Access.DeniedException e) {
      note(access, action, subject, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Requires the operator, for what no enterprise may change. */
  void requireOperator(Access access, String action, String subject) throws Access.DeniedException {
    try {
      access.requireOperator();
    } catch (Access.DeniedException e) {
      note(access, action, subject, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** What was refused, if that is another's. */
  void note(Access access, String action, String subject, String why) {
    registry.refused(new Refusal(action, subject, why, access.caller()));
  }
}
