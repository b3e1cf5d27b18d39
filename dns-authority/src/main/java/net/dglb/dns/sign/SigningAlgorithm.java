package net.dglb.dns.sign;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The algorithms that zones are signed with (RFC 8624 section 3.1). */
public enum SigningAlgorithm {
  /** ECDSA with P-256 and SHA-256 (RFC 6605). */
  ECDSA_P256(13, 64, "EC", "3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
  /** Ed25519 (RFC 8080). */
  ED25519(15, 32, "Ed25519", "302a300506032b6570032100");

  private final int number;
  private final int publicKeyOctets;
  private final String keyAlgorithm;
  private final String subjectPrefix;

  SigningAlgorithm(int number, int publicKeyOctets, String keyAlgorithm, String subjectPrefix) {
    this.number = number;
    this.publicKeyOctets = publicKeyOctets;
    this.keyAlgorithm = keyAlgorithm;
    this.subjectPrefix = subjectPrefix;
  }

  /** Its number in DNSKEY, DS and RRSIG records. */
  public int number() {
    return number;
  }

  /** The octets of a public key in a DNSKEY record. */
  int publicKeyOctets() {
    return publicKeyOctets;
  }

  /** The algorithm's name in the Java Cryptography Architecture, for keys. */
  String keyAlgorithm() {
    return keyAlgorithm;
  }

  /** What a public key's X.509 encoding has in front of the octets of a DNSKEY record. */
  byte[] subjectPrefix() {
    return HexFormat.of().parseHex(subjectPrefix);
  }

  /**
   * The algorithm with a number.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static SigningAlgorithm of(int number) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.number == number)
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "signing algorithm: " + number + " (expected 13, ECDSA P-256, or 15, Ed25519)"));
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
      if (this == ECDSA_P256) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + keyAlgorithm, e);
    }
  }
}
