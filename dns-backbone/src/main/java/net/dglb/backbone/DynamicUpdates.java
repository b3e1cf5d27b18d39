package net.dglb.backbone;

import javax.crypto.SecretKey;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.update.EnterpriseKeys;
import net.dglb.backbone.update.EnterpriseTransfers;
import net.dglb.backbone.update.ZoneUpdates;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.node.Published;
import net.dglb.time.Timeline;

/** The parts of dynamic updates, put together. */
final class DynamicUpdates {

  private final EnterpriseKeys keys;
  private final SlowRequests requests;

  /**
   * Puts them together.
   *
   * @param catalog what the main addresses answer
   */
  DynamicUpdates(
      ZoneRegistry registry, SecretKey mapKey, Published<Catalog> catalog, Timeline control) {
    keys = new EnterpriseKeys(registry::state, new KeySeal(mapKey));
    requests =
        new SlowRequests(
            keys,
            catalog,
            new EnterpriseTransfers(registry::state, keys, catalog),
            new ZoneUpdates(
                registry, keys, new EnterpriseTransfers(registry::state, keys, catalog), control),
            control::now);
  }

  /** Who may update what. */
  EnterpriseKeys keys() {
    return keys;
  }

  /** Takes updates and transfers from the DNS threads. */
  SlowRequests requests() {
    return requests;
  }
}
