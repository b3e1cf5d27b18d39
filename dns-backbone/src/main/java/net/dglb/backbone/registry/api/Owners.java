package net.dglb.backbone.registry.api;

import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.net.DomainName;

/** Lets only owners change what is theirs; whoever else tries is noted in the audit. */
final class Owners {

  private final ZoneRegistry registry;

  Owners(ZoneRegistry registry) {
    this.registry = registry;
  }

  /** Requires that an enterprise's zone may be changed. */
  void require(Access access, String enterprise, DomainName zone) throws Access.DeniedException {
    try {
      access.require(enterprise);
    } catch (Access.DeniedException e) {
      note(access, zone, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** What a registration was refused for, if that is another's. */
  void note(Access access, DomainName zone, String why) {
    registry.refused(new Refusal(zone.toString(), why, access.caller()));
  }
}
