package net.dglb.backbone.keys;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import net.dglb.backbone.map.MapKeys;
import net.dglb.net.DomainName;

/**
 * Encrypts what only backbone nodes may read, for one zone: AES-256 in GCM under a key derived from
 * the backbone's map key (HKDF, RFC 5869). Thread-safe.
 */
public final class KeySeal {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_OCTETS = 32;
  private static final byte[] PURPOSE = "dglb zone keys 1".getBytes(StandardCharsets.US_ASCII);

  /** The keys that those of a moment lead to. */
  private record Derived(MapKeys from, SecretKey current, List<SecretKey> all) {}

  private final Supplier<MapKeys> mapKeys;
  private final SecureRandom random = new SecureRandom();
  private volatile Derived derived;

  /**
   * Derives the keys.
   *
   * @param mapKeys the backbone's map keys by now, the same on all nodes
   */
  public KeySeal(Supplier<MapKeys> mapKeys) {
    this.mapKeys = mapKeys;
    this.derived = derive(mapKeys.get());
  }

  private Derived keys() {
    MapKeys now = mapKeys.get();
    Derived known = derived;
    if (!known.from().equals(now)) {
      known = derive(now);
      derived = known;
    }
    return known;
  }

  private static Derived derive(MapKeys from) {
    return new Derived(from, derive(from.current()), from.all().map(KeySeal::derive).toList());
  }

  private static SecretKey derive(SecretKey mapKey) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES", HKDFParameterSpec.ofExtract().addIKM(mapKey).thenExpand(PURPOSE, KEY_OCTETS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  /** What only {@link #open} of the same zone gives back. */
  public ByteString seal(DomainName zone, byte[] secret) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(keys().current(), Cipher.ENCRYPT_MODE, nonce, zone).doFinal(secret);
      return ByteString.copyFrom(
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /**
   * The secret.
   *
   * @throws IllegalArgumentException if it was not sealed for this zone under a map key of this
   *     node
   */
  public byte[] open(DomainName zone, ByteString sealed) {
    return keys().all().stream()
        .flatMap(key -> opened(key, zone, sealed).stream())
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "keys of " + zone + " were not sealed for it under a map key of this node"));
  }

  /** Whether keys of before are known, with which something may be sealed. */
  public boolean hasPrevious() {
    return !keys().from().previous().isEmpty();
  }

  /** Whether something was sealed with a key of before, so that it is to be sealed anew. */
  public boolean isByPrevious(DomainName zone, ByteString sealed) {
    Derived now = keys();
    return now.from().previous().stream()
        .anyMatch(key -> opened(derive(key), zone, sealed).isPresent());
  }

  private static Optional<byte[]> opened(SecretKey key, DomainName zone, ByteString sealed) {
    byte[] bytes = sealed.toByteArray();
    if (bytes.length < NONCE_OCTETS) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(bytes, NONCE_OCTETS);
    try {
      return Optional.of(
          cipher(key, Cipher.DECRYPT_MODE, nonce, zone)
              .doFinal(bytes, NONCE_OCTETS, bytes.length - NONCE_OCTETS));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(SecretKey key, int mode, byte[] nonce, DomainName zone)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(zone.toWire());
    return cipher;
  }
}
