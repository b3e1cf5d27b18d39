package net.dglb.backbone.registry.state;

import net.dglb.backbone.registry.wire.EnterpriseRecord;

/**
 * How much an enterprise may register.
 *
 * @param zones at most so many zones
 * @param services at most so many services in all of them
 */
public record Quota(int zones, int services) {

  /** For an enterprise that was given none. */
  public static final Quota DEFAULT = new Quota(100, 20_000);

  static Quota of(EnterpriseRecord enterprise) {
    return new Quota(enterprise.getMaxZones(), enterprise.getMaxServices());
  }
}
