package net.dglb.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The trust manager in use at the moment of each call, so that a reload needs no new server. Says
 * in plain words whose certificate it refuses, and why.
 */
final class CurrentTrust extends X509ExtendedTrustManager {

  /** One question to the trust manager in use. */
  private interface Question {
    void ask(X509ExtendedTrustManager trust) throws CertificateException;
  }

  private final Supplier<X509ExtendedTrustManager> current;

  CurrentTrust(Supplier<X509ExtendedTrustManager> current) {
    this.current = current;
  }

  private void check(X509Certificate[] chain, Question question) throws CertificateException {
    try {
      question.ask(current.get());
    } catch (CertificateException e) {
      throw new CertificateException(RefusedCertificate.words(chain[0], e), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, trust -> trust.checkClientTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, trust -> trust.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, trust -> trust.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, type, engine));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current.get().getAcceptedIssuers();
  }
}
