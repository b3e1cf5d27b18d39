package net.dglb.measure.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities of one file, as what a site's certificate must lead to. */
record Trust(SSLSocketFactory sockets, X509TrustManager manager) {

  static Trust fromPem(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException(file + ": no certificate (expected PEM certificates)");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      return of(store);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file + ": not usable (expected PEM certificates): " + e.getMessage(), e);
    }
  }

  private static Trust of(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {x509}, null);
        return new Trust(context.getSocketFactory(), x509);
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
