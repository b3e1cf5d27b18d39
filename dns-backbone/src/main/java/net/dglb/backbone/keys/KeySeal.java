package net.dglb.backbone.keys;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
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

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  /**
   * Derives the key.
   *
   * @param mapKey the backbone's map key, the same on all nodes
   */
  public KeySeal(SecretKey mapKey) {
    try {
      key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract().addIKM(mapKey).thenExpand(PURPOSE, KEY_OCTETS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  /** What only {@link #open} of the same zone gives back. */
  public ByteString seal(DomainName zone, byte[] secret) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, zone).doFinal(secret);
      return ByteString.copyFrom(
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /**
   * The secret.
   *
   * @throws IllegalArgumentException if it was not sealed for this zone under this map key
   */
  public byte[] open(DomainName zone, ByteString sealed) {
    try {
      byte[] bytes = sealed.toByteArray();
      byte[] nonce = Arrays.copyOf(bytes, NONCE_OCTETS);
      return cipher(Cipher.DECRYPT_MODE, nonce, zone)
          .doFinal(bytes, NONCE_OCTETS, Math.max(0, bytes.length - NONCE_OCTETS));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "keys of " + zone + " were not sealed for it under this node's map key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, DomainName zone) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(zone.toWire());
    return cipher;
  }
}
