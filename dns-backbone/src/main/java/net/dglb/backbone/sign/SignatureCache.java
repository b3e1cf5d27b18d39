package net.dglb.backbone.sign;

import java.util.concurrent.atomic.AtomicReferenceArray;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * Signatures that were made, at most so many: each has a few places to be in, and a new one takes
 * the place of one that was not asked for lately. DNS threads read and add without locks; nothing
 * is allocated in reading.
 */
final class SignatureCache {

  private static final int WAYS = 8;
  private static final int SPREAD = 0x9e3779b9;

  private final AtomicReferenceArray<@Nullable Signature> places;
  private final int sets;

  /** With room for at least as many signatures. */
  SignatureCache(int capacity) {
    sets = Math.max(1, Integer.highestOneBit(Math.max(1, (capacity - 1) / WAYS)) << 1);
    places = new AtomicReferenceArray<>(sets * WAYS);
  }

  @Nullable Signature find(
      int hash, RecordSigner signer, Query query, int label, Object source, int ttlSeconds) {
    int first = first(hash);
    for (int i = first; i < first + WAYS; i++) {
      Signature found = places.get(i);
      if (found != null && found.isOf(signer, query, label, source, ttlSeconds)) {
        return found;
      }
    }
    return null;
  }

  void add(Signature signature) {
    int first = first(signature.hash);
    int place = first + (int) (Integer.toUnsignedLong(signature.hash * SPREAD) % WAYS);
    for (int i = first; i < first + WAYS; i++) {
      Signature there = places.get(i);
      if (there == null || there.zone.isOutdated(there)) {
        place = i;
        break;
      }
      if (!there.isUsed()) {
        place = i;
      }
    }
    places.set(place, signature);
  }

  /** Every place. */
  int size() {
    return places.length();
  }

  /** What is in a place, for the thread that renews. */
  @Nullable Signature get(int place) {
    return places.get(place);
  }

  /** Puts another signature in the place of one, or nothing, unless somebody else did. */
  void replace(int place, Signature before, @Nullable Signature after) {
    var _ = places.compareAndSet(place, before, after);
  }

  private int first(int hash) {
    return (((hash * SPREAD) >>> 8) & (sets - 1)) * WAYS;
  }
}
