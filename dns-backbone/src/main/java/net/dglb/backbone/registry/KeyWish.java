package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import net.dglb.backbone.registry.wire.PutUpdateKey;
import net.dglb.backbone.registry.wire.UpdateKey;

/**
 * A wish to give an enterprise a key for dynamic updates, or to take one away.
 *
 * @param enterprise whose
 * @param key with its secret sealed
 * @param removed whether it is taken away
 * @param insteadOf the sealed secret that it takes the place of; empty for any
 * @param caller who asks
 */
public record KeyWish(
    String enterprise, UpdateKey key, boolean removed, ByteString insteadOf, Caller caller) {

  /** In the place of whatever key of that name there is. */
  public KeyWish(String enterprise, UpdateKey key, boolean removed, Caller caller) {
    this(enterprise, key, removed, ByteString.EMPTY, caller);
  }

  PutUpdateKey toWire() {
    return PutUpdateKey.newBuilder()
        .setEnterprise(enterprise)
        .setKey(key)
        .setRemoved(removed)
        .setInsteadOf(insteadOf)
        .build();
  }
}
