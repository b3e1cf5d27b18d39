package net.dglb.dns.sign;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import net.dglb.net.DomainName;

/**
 * A key that signs a zone, with its private part. Immutable, for all threads. Two are equal if
 * their DNSKEY records are.
 */
public final class SigningKey {

  /** Flags of a key that a DS record may point at: zone key and secure entry point. */
  public static final int ENTRY_POINT = 257;

  /** Flags of a key that signs data only. */
  public static final int ZONE_KEY = 256;

  private static final int PROTOCOL = 3;
  private static final int DNSKEY_HEADER_OCTETS = 4;
  private static final int SHA_256 = 2;

  private final SigningAlgorithm algorithm;
  private final byte[] dnskey;
  private final byte[] encodedPrivate;
  private final PrivateKey privateKey;
  private final int tag;

  private SigningKey(SigningAlgorithm algorithm, byte[] dnskey, byte[] encodedPrivate)
      throws GeneralSecurityException {
    this.algorithm = algorithm;
    this.dnskey = dnskey;
    this.encodedPrivate = encodedPrivate;
    this.privateKey = Signatures.key(algorithm, encodedPrivate);
    this.tag = tag(dnskey);
  }

  /**
   * Makes a new key from the system's secure randomness.
   *
   * @param flags {@link #ENTRY_POINT} or {@link #ZONE_KEY}
   */
  public static SigningKey generate(SigningAlgorithm algorithm, int flags) {
    if (flags != ENTRY_POINT && flags != ZONE_KEY) {
      throw new IllegalArgumentException("key flags: " + flags + " (expected 257 or 256)");
    }
    KeyPair pair = algorithm.generate();
    byte[] subject = pair.getPublic().getEncoded(); // ends in the raw key
    byte[] dnskey =
        ByteBuffer.allocate(DNSKEY_HEADER_OCTETS + algorithm.publicKeyOctets())
            .putShort((short) flags)
            .put((byte) PROTOCOL)
            .put((byte) algorithm.number())
            .put(subject, subject.length - algorithm.publicKeyOctets(), algorithm.publicKeyOctets())
            .array();
    try {
      return new SigningKey(algorithm, dnskey, pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a new key cannot be used", e);
    }
  }

  /**
   * Reads what {@link #toBytes} made.
   *
   * @throws IllegalArgumentException if it is no such key; the message tells nothing of its content
   */
  public static SigningKey fromBytes(byte[] bytes) {
    try {
      SigningAlgorithm algorithm = SigningAlgorithm.of(bytes[DNSKEY_HEADER_OCTETS - 1]);
      int octets = DNSKEY_HEADER_OCTETS + algorithm.publicKeyOctets();
      SigningKey key =
          new SigningKey(
              algorithm,
              Arrays.copyOf(bytes, octets),
              Arrays.copyOfRange(bytes, octets, bytes.length));
      key.checkPair();
      return key;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException("signing key: damaged (expected what was stored)", e);
    }
  }

  private void checkPair() throws GeneralSecurityException {
    byte[] publicKey = Arrays.copyOfRange(dnskey, DNSKEY_HEADER_OCTETS, dnskey.length);
    if (!Signatures.verify(algorithm, publicKey, dnskey, sign(dnskey))) {
      throw new InvalidKeyException("the public key belongs to another private key");
    }
  }

  /** DNSKEY data and then the private key in PKCS #8: a secret. */
  public byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(dnskey, dnskey.length + encodedPrivate.length);
    System.arraycopy(encodedPrivate, 0, bytes, dnskey.length, encodedPrivate.length);
    return bytes;
  }

  /** What it signs with. */
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  /** Data of the DNSKEY record, and of CDNSKEY (RFC 4034 section 2.1). */
  public byte[] dnskey() {
    return dnskey.clone();
  }

  /** Whether a DS record may point at it. */
  public boolean isEntryPoint() {
    return dnskey[1] == (byte) ENTRY_POINT;
  }

  /** The key tag, 0 to 65535; several keys may share one (RFC 4034 appendix B). */
  public int tag() {
    return tag;
  }

  /** Data of the DS record, and of CDS, with SHA-256 (RFC 4509). */
  public byte[] ds(DomainName zone) {
    return ds(zone, dnskey);
  }

  /** The same for somebody else's key, from the data of its DNSKEY record. */
  public static byte[] ds(DomainName zone, byte[] dnskey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(zone.toWire());
      byte[] hash = digest.digest(dnskey);
      return ByteBuffer.allocate(4 + hash.length)
          .putShort((short) tag(dnskey))
          .put(dnskey[DNSKEY_HEADER_OCTETS - 1])
          .put((byte) SHA_256)
          .put(hash)
          .array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs octets: the raw signature as RRSIG records hold it. */
  byte[] sign(byte[] data) {
    return Signatures.sign(algorithm, privateKey, data);
  }

  private static int tag(byte[] dnskey) {
    int sum = 0;
    for (int i = 0; i < dnskey.length; i++) {
      sum += (dnskey[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
    }
    return (sum + (sum >>> 16)) & 0xffff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey key && Arrays.equals(dnskey, key.dnskey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dnskey);
  }

  /** Tells the key by algorithm and tag, and nothing secret. */
  @Override
  public String toString() {
    return algorithm + " key " + tag;
  }
}
