package net.dglb.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
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
    requireAuthority(files, authority);
    requireValid(files.authority(), authority, now);
    requireValid(files.certificate(), certificate, now);
    requireIssued(files, certificate, authority);
    PrivateKey key = ServerKeys.pair(files.certificate(), certificate, files.key());
    try {
      return new KeyMaterial(
          PeerIdentity.of(certificate),
          certificate,
          key,
          ServerKeys.manager(List.of(certificate), key),
          trust(authority));
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException(files.certificate() + ": cannot be used: " + e.getMessage(), e);
    }
  }

  static void requireAuthority(IdentityFiles files, X509Certificate authority)
      throws IdentityException {
    if (authority.getBasicConstraints() < 0) {
      throw new IdentityException(
          files.authority() + ": not an authority's certificate (expected: CA true)");
    }
  }

  static void requireValid(Path file, X509Certificate certificate, Instant now)
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

  static void requireIssued(
      IdentityFiles files, X509Certificate certificate, X509Certificate authority)
      throws IdentityException {
    try {
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          files.certificate() + ": not issued by the network authority of " + files.authority(), e);
    }
  }

  private static X509ExtendedTrustManager trust(X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = ServerKeys.emptyStore();
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return ServerKeys.only(X509ExtendedTrustManager.class, factory.getTrustManagers());
  }
}
