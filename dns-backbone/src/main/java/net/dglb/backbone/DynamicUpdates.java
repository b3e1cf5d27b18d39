package net.dglb.backbone;

import java.util.Optional;
import java.util.function.Supplier;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.update.EnterpriseKeys;
import net.dglb.backbone.update.EnterpriseTransfers;
import net.dglb.backbone.update.ZoneUpdates;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.ExplainSettings;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.slow.ExplainedTexts;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.node.Published;
import net.dglb.time.Timeline;

/** The parts of dynamic updates, put together. */
final class DynamicUpdates {

  private final EnterpriseKeys keys;
  private final SlowRequests requests;
  private final ExplainedTexts explained;

  /**
   * Puts them together.
   *
   * @param catalog what the main addresses answer
   * @param explainer explains to who may ask for it over DNS
   */
  DynamicUpdates(
      ZoneRegistry registry,
      Supplier<MapKeys> mapKeys,
      Published<Catalog> catalog,
      ExplainSettings explain,
      ExplainedTexts.Explainer explainer,
      Timeline control) {
    keys = new EnterpriseKeys(registry::state, new KeySeal(mapKeys));
    requests =
        new SlowRequests(
            keys,
            new EnterpriseTransfers(registry::state, keys, catalog),
            new ZoneUpdates(
                registry, keys, new EnterpriseTransfers(registry::state, keys, catalog), control),
            control::now,
            control::nanoTime);
    explained =
        new ExplainedTexts(explain, Optional.of(requests), explainer, control, control::nanoTime);
  }

  /** Who may update what. */
  EnterpriseKeys keys() {
    return keys;
  }

  /** Takes from the DNS threads what {@link #requests} does, and explains to who may ask for it. */
  SlowPath slowPath() {
    return explained;
  }

  /** Explains to others from now on. */
  void use(ExplainSettings explain) {
    explained.use(explain);
  }

  /** Takes updates and transfers from the DNS threads. */
  SlowRequests requests() {
    return requests;
  }
}
