package net.dglb.identity;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Words for people about a certificate of the other side that is not trusted. */
final class RefusedCertificate {

  /** An authority of the same name but with another key makes a signature that does not fit. */
  private static final Set<Reason> NOT_OURS =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

  private RefusedCertificate() {}

  static String words(X509Certificate shown, CertificateException refusal) {
    return "certificate of " + owner(shown) + ": " + reason(shown, refusal);
  }

  private static String owner(X509Certificate shown) {
    try {
      return PeerIdentity.of(shown).toString();
    } catch (IdentityException e) {
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static String reason(X509Certificate shown, CertificateException refusal) {
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _ -> {
          return "expired at " + shown.getNotAfter().toInstant();
        }
        case CertificateNotYetValidException _ -> {
          return "not valid before " + shown.getNotBefore().toInstant();
        }
        case CertPathBuilderException _ -> {
          return "not issued by this network's authority";
        }
        case CertPathValidatorException invalid when NOT_OURS.contains(invalid.getReason()) -> {
          return "not issued by this network's authority";
        }
        default -> {}
      }
    }
    return String.valueOf(refusal.getMessage());
  }
}
