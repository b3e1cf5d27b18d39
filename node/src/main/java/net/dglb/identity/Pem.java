package net.dglb.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Certificates and keys in their textual form (RFC 7468). */
final class Pem {

  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  private Pem() {}

  static String of(X509Certificate certificate) throws CertificateException {
    return block("CERTIFICATE", certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  static X509Certificate certificate(Path file) throws IdentityException {
    return certificates(file).getFirst();
  }

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IdentityException {
    String text = PrivateFile.readPublic(file, "certificate");
    try {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!read.isEmpty()) {
        return read;
      }
    } catch (CertificateException e) {
      throw new IdentityException(file + ": not a certificate in PEM", e);
    }
    throw new IdentityException(file + ": not a certificate in PEM");
  }

  /** The private key in PKCS #8 that belongs to a public key of the given algorithm. */
  static PrivateKey key(Path file, String algorithm) throws IdentityException {
    String text = PrivateFile.read(file, "private key");
    int begin = text.indexOf(KEY_BEGIN);
    int end = text.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new IdentityException(
          file + ": not a private key (expected: PKCS #8 in PEM, \"" + KEY_BEGIN + "\")");
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IdentityException(
          file + ": not a private key of the certificate's algorithm " + algorithm);
    }
  }

  private static String block(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
