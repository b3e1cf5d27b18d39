package net.dglb.identity;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;

/** A private key that signs: Ed25519 (RFC 8032) or ECDSA with SHA-256. */
public final class SigningKey {

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /** Reads a private key in PKCS #8 and PEM from a file that nobody else may read. */
  public static SigningKey load(Path file) throws IdentityException {
    try {
      return new SigningKey(Pem.key(file, "Ed25519"));
    } catch (IdentityException notEd25519) {
      try {
        return new SigningKey(Pem.key(file, "EC"));
      } catch (IdentityException e) {
        throw new IdentityException(
            notEd25519.getMessage() + " (expected: a key for Ed25519 or an elliptic curve)", e);
      }
    }
  }

  /**
   * Makes an Ed25519 key in a new file for its owner alone, and the public key in another.
   *
   * @throws IdentityException if one of the files exists or cannot be written
   */
  public static void create(Path file, Path publicFile) throws IdentityException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      PrivateFile.create(file, Pem.of(pair.getPrivate()));
      PrivateFile.createPublic(publicFile, new VerifyingKey(pair.getPublic()).toPem());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  static String scheme(String algorithm) {
    return algorithm.equals("EC") ? "SHA256withECDSA" : "Ed25519";
  }

  /** The signature of these octets. */
  public byte[] sign(byte[] octets) {
    try {
      Signature signature = Signature.getInstance(scheme(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign", e);
    }
  }
}
