package net.dglb.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** One loaded and checked state of a node's identity files. */
record KeyMaterial(
    PeerIdentity self,
    X509Certificate certificate,
    PrivateKey key,
    X509ExtendedKeyManager keys,
    X509ExtendedTrustManager trust) {

  static KeyMaterial load(IdentityFiles files, Instant now) throws IdentityException {
    X509Certificate authority = Pem.certificate(files.authority());
    X509Certificate certificate = Pem.certificate(files.certificate());
    PrivateKey key = Pem.key(files.key(), certificate.getPublicKey().getAlgorithm());
    requireAuthority(files, authority);
    requireValid(files.authority().toString(), authority, now);
    requireValid(files.certificate().toString(), certificate, now);
    requireIssued(files, certificate, authority);
    requirePair(files, certificate, key);
    try {
      return new KeyMaterial(
          PeerIdentity.of(certificate), certificate, key, keys(certificate, key), trust(authority));
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException(files.certificate() + ": cannot be used: " + e.getMessage(), e);
    }
  }

  private static void requireAuthority(IdentityFiles files, X509Certificate authority)
      throws IdentityException {
    if (authority.getBasicConstraints() < 0) {
      throw new IdentityException(
          files.authority() + ": not an authority's certificate (expected: CA true)");
    }
  }

  private static void requireValid(String file, X509Certificate certificate, Instant now)
      throws IdentityException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw new IdentityException(file + ": expired at " + until + " (now: " + now + ")");
    }
    if (now.isBefore(from)) {
      throw new IdentityException(file + ": not valid before " + from + " (now: " + now + ")");
    }
  }

  private static void requireIssued(
      IdentityFiles files, X509Certificate certificate, X509Certificate authority)
      throws IdentityException {
    try {
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          files.certificate() + ": not issued by the network authority of " + files.authority(), e);
    }
  }

  private static void requirePair(IdentityFiles files, X509Certificate certificate, PrivateKey key)
      throws IdentityException {
    byte[] probe = certificate.getSignature();
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(probe);
      if (signer.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new IdentityException(files.key() + ": cannot sign: " + e.getMessage(), e);
    }
    throw new IdentityException(
        files.key() + ": does not belong to the certificate " + files.certificate());
  }

  private static X509ExtendedKeyManager keys(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException, IOException {
    char[] password = new char[0];
    KeyStore store = emptyStore();
    store.setKeyEntry("node", key, password, new Certificate[] {certificate});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return only(X509ExtendedKeyManager.class, factory.getKeyManagers());
  }

  private static X509ExtendedTrustManager trust(X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return only(X509ExtendedTrustManager.class, factory.getTrustManagers());
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static <T> T only(Class<T> type, Object[] all) {
    return Arrays.stream(all).filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}
