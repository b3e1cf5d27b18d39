package net.dglb.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A public key by which signatures are known: Ed25519 (RFC 8032) or ECDSA with SHA-256. */
public final class VerifyingKey {

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final String EXPECTED =
      " (expected: in PEM, \"" + BEGIN + "\" or a certificate, for Ed25519 or an elliptic curve)";

  private final PublicKey key;

  VerifyingKey(PublicKey key) {
    this.key = key;
  }

  /** Reads a file that holds a public key or a certificate in PEM. */
  public static VerifyingKey load(Path file) throws IdentityException {
    try {
      return ofPem(PrivateFile.readPublic(file, "public key"));
    } catch (IllegalArgumentException e) {
      throw new IdentityException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a public key or a certificate in PEM.
   *
   * @throws IllegalArgumentException if it is neither; the message says what was expected
   */
  public static VerifyingKey ofPem(String pem) {
    if (pem.contains("-----BEGIN CERTIFICATE-----")) {
      try {
        return checked(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                .getPublicKey());
      } catch (CertificateException e) {
        throw new IllegalArgumentException("not a certificate" + EXPECTED, e);
      }
    }
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("not a public key" + EXPECTED);
    }
    return ofEncoded(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
  }

  /**
   * Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
   *
   * @throws IllegalArgumentException if it is none
   */
  public static VerifyingKey ofEncoded(byte[] encoded) {
    for (String algorithm : new String[] {"Ed25519", "EC"}) {
      try {
        return new VerifyingKey(
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException _) {
        // The next algorithm is tried.
      }
    }
    throw new IllegalArgumentException("not a public key" + EXPECTED);
  }

  private static VerifyingKey checked(PublicKey key) {
    return ofEncoded(key.getEncoded());
  }

  /** Whether the owner of this key signed these octets. */
  public boolean verifies(byte[] signed, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(SigningKey.scheme(key.getAlgorithm()));
      verification.initVerify(key);
      verification.update(signed);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** As a SubjectPublicKeyInfo. */
  public byte[] encoded() {
    return key.getEncoded();
  }

  /** In PEM. */
  public String toPem() {
    return BEGIN
        + "\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded())
        + "\n"
        + END
        + "\n";
  }
}
