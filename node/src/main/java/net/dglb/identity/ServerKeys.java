package net.dglb.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Certificates and the private keys that belong to them. */
public final class ServerKeys {

  private ServerKeys() {}

  /**
   * What a server shows whose clients do not belong to the network.
   *
   * @param certificate a PEM file that begins with the server's certificate, its chain behind it
   * @param key a PEM file with its private key in PKCS #8, not readable by other users
   * @throws IdentityException if a file cannot be used, or the key is another one's
   */
  public static X509ExtendedKeyManager load(Path certificate, Path key) throws IdentityException {
    List<X509Certificate> chain = Pem.certificates(certificate);
    PrivateKey secret = pair(certificate, chain.getFirst(), key);
    try {
      return manager(chain, secret);
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException(certificate + ": cannot be used: " + e.getMessage(), e);
    }
  }

  /** What a server shows that takes other keys into use with its next handshake. */
  public static X509ExtendedKeyManager current(Supplier<X509ExtendedKeyManager> keys) {
    return new CurrentKeys(keys);
  }

  /** Reads the key of a certificate; refuses another one's. */
  static PrivateKey pair(Path certificateFile, X509Certificate certificate, Path keyFile)
      throws IdentityException {
    PrivateKey key = Pem.key(keyFile, certificate.getPublicKey().getAlgorithm());
    byte[] probe = certificate.getSignature();
    try {
      Signature signer = Signature.getInstance(signature(key));
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(probe);
      if (signer.verify(signature)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw new IdentityException(keyFile + ": cannot sign: " + e.getMessage(), e);
    }
    throw new IdentityException(
        keyFile + ": does not belong to the certificate " + certificateFile);
  }

  private static String signature(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "EdDSA";
      default -> "SHA256withRSA";
    };
  }

  static X509ExtendedKeyManager manager(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    char[] password = new char[0];
    KeyStore store = emptyStore();
    store.setKeyEntry("node", key, password, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return only(X509ExtendedKeyManager.class, factory.getKeyManagers());
  }

  static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static <T> T only(Class<T> type, Object[] all) {
    return Arrays.stream(all).filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}
