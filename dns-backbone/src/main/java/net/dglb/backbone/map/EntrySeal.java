package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import net.dglb.backbone.wire.MapEntry;
import net.dglb.backbone.wire.SealedEntry;

/**
 * Seals the entries of one map and opens them: HMAC-SHA-256 (RFC 2104) under a key that only
 * backbone nodes have, over the map's name, the key and the content. A stranger who reaches the
 * cluster can therefore neither invent an entry nor move one elsewhere. Thread-safe.
 */
public final class EntrySeal {

  private static final String ALGORITHM = "HmacSHA256";

  private final String map;
  private final Supplier<MapKeys> keys;

  /**
   * Seals entries of one map.
   *
   * @param map the map's name
   * @param keys the backbone's map keys by now, the same on all nodes
   */
  public EntrySeal(String map, Supplier<MapKeys> keys) {
    this.map = map;
    this.keys = keys;
  }

  /** The sealed form of an entry. */
  public SealedValue seal(Entry entry) {
    ByteString payload =
        MapEntry.newBuilder()
            .setMap(map)
            .setKey(entry.key())
            .setGeneration(entry.version().generation())
            .setCounter(entry.version().counter())
            .setDeleted(entry.deleted())
            .setExpiresAtEpochMillis(entry.expiresAt().toEpochMilli())
            .setContent(entry.content())
            .build()
            .toByteString();
    SealedEntry sealed =
        SealedEntry.newBuilder()
            .setPayload(payload)
            .setSeal(ByteString.copyFrom(mac(keys.get().current(), payload)))
            .build();
    return new SealedValue(entry, sealed.toByteString());
  }

  /**
   * Opens what stands in the map under a key.
   *
   * @throws BadSealException if the bytes were not sealed for this map and key; the text says why
   */
  public SealedValue open(String entryKey, ByteString bytes) throws BadSealException {
    try {
      SealedEntry sealed = SealedEntry.parseFrom(bytes);
      if (keys.get().all().noneMatch(key -> isBy(key, sealed))) {
        throw new BadSealException("the seal was not made with this backbone's map key");
      }
      MapEntry entry = MapEntry.parseFrom(sealed.getPayload());
      if (!entry.getMap().equals(map) || !entry.getKey().equals(entryKey)) {
        throw new BadSealException(
            "it was sealed for " + entry.getMap() + "/" + entry.getKey() + ", not for this place");
      }
      return new SealedValue(
          new Entry(
              entryKey,
              new EntryVersion(entry.getGeneration(), entry.getCounter()),
              entry.getDeleted(),
              Instant.ofEpochMilli(entry.getExpiresAtEpochMillis()),
              entry.getContent()),
          bytes);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new BadSealException("it is not a sealed entry: " + e.getMessage());
    }
  }

  /** Whether a value was sealed with a key of before, so that it is to be sealed anew. */
  boolean isByPrevious(SealedValue value) {
    MapKeys now = keys.get();
    if (now.previous().isEmpty()) {
      return false;
    }
    try {
      SealedEntry sealed = SealedEntry.parseFrom(value.bytes());
      return !isBy(now.current(), sealed)
          && now.previous().stream().anyMatch(key -> isBy(key, sealed));
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static boolean isBy(SecretKey key, SealedEntry sealed) {
    return MessageDigest.isEqual(mac(key, sealed.getPayload()), sealed.getSeal().toByteArray());
  }

  private static byte[] mac(SecretKey key, ByteString payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(payload.asReadOnlyByteBuffer());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
