package net.dglb.backbone.registry;

import net.dglb.backbone.registry.wire.PutUpdateKey;
import net.dglb.backbone.registry.wire.UpdateKey;

/**
 * A wish to give an enterprise a key for dynamic updates, or to take one away.
 *
 * @param enterprise whose
 * @param key with its secret sealed
 * @param removed whether it is taken away
 * @param caller who asks
 */
public record KeyWish(String enterprise, UpdateKey key, boolean removed, Caller caller) {

  PutUpdateKey toWire() {
    return PutUpdateKey.newBuilder()
        .setEnterprise(enterprise)
        .setKey(key)
        .setRemoved(removed)
        .build();
  }
}
