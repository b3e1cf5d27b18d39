package net.dglb.identity;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a connection that was accepted came to no TLS session, in as many words as a metric has. */
public enum HandshakeFailure {
  /** One side did not accept the other's certificate: missing, foreign or out of date. */
  CERTIFICATE,
  /** The other side went away before the handshake was over. */
  CLOSED,
  /** The handshake took too long. */
  TIMEOUT,
  /** It was no TLS, or nothing that both sides speak. */
  PROTOCOL;

  /** Of many causes the one that tells most. */
  public static HandshakeFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || isOfCertificates(cause)) {
        return CERTIFICATE;
      }
      if (cause instanceof SslHandshakeTimeoutException) {
        return TIMEOUT;
      }
      if (cause instanceof ClosedChannelException) {
        return CLOSED;
      }
    }
    return PROTOCOL;
  }

  /** The JDK has alerts only as texts, with their names of RFC 8446 section 6 within. */
  private static boolean isOfCertificates(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof SSLException
        && (message.contains("certificate") || message.contains("unknown_ca"));
  }

  /** As metrics say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
