package net.dglb.dns.sign;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Makes signatures with Bouncy Castle, which signs several times as fast as the JDK's own provider
 * (docs/decisions/0009). For all threads.
 */
final class Signatures {

  private static final Provider PROVIDER = new BouncyCastleProvider();

  private Signatures() {}

  /** A private key for {@link #sign}, from its PKCS #8 encoding. */
  static PrivateKey key(SigningAlgorithm algorithm, byte[] encoded)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm.keyAlgorithm(), PROVIDER)
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** A signature in the form of RRSIG records: 64 octets for both algorithms. */
  static byte[] sign(SigningAlgorithm algorithm, PrivateKey key, byte[] data) {
    try {
      Signature signature = Signature.getInstance(name(algorithm), PROVIDER);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a " + algorithm + " key does not sign", e);
    }
  }

  /** Whether a signature over the data is by a key, given as DNSKEY records hold it. */
  static boolean verify(SigningAlgorithm algorithm, byte[] publicKey, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    byte[] prefix = algorithm.subjectPrefix();
    byte[] subject =
        ByteBuffer.allocate(prefix.length + publicKey.length).put(prefix).put(publicKey).array();
    Signature verifier = Signature.getInstance(name(algorithm), PROVIDER);
    verifier.initVerify(
        KeyFactory.getInstance(algorithm.keyAlgorithm(), PROVIDER)
            .generatePublic(new X509EncodedKeySpec(subject)));
    verifier.update(data);
    return verifier.verify(signature);
  }

  private static String name(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256 -> "SHA256withPLAIN-ECDSA"; // two numbers without ASN.1 (RFC 6605 section 4)
      case ED25519 -> "Ed25519";
    };
  }
}
