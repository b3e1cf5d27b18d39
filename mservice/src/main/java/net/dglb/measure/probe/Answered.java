package net.dglb.measure.probe;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.service.HealthCheck;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a site over HTTP.
 *
 * @param status 0 if none came
 * @param http2 whether it came over HTTP/2
 * @param body what was read of it
 * @param certificateExpires of the certificate that was shown, if any
 * @param load that it reports in the header that the check names, if that is a number from 0 to the
 *     most of the unit
 */
record Answered(
    int status,
    boolean http2,
    String body,
    Optional<Instant> certificateExpires,
    OptionalDouble load) {

  static final Answered NOTHING =
      new Answered(0, false, "", Optional.empty(), OptionalDouble.empty());

  static Answered of(Response response, String body, HealthCheck check) {
    boolean http2 =
        response.protocol() == Protocol.HTTP_2
            || response.protocol() == Protocol.H2_PRIOR_KNOWLEDGE;
    return new Answered(
        response.code(), http2, body, expiry(response.handshake()), load(response, check));
  }

  private static OptionalDouble load(Response response, HealthCheck check) {
    String header = check.exchange().loadHeader().map(response::header).orElse("");
    try {
      double load = Double.parseDouble(header);
      boolean possible = load >= 0 && load <= check.exchange().loadUnit().most();
      return possible ? OptionalDouble.of(load) : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  private static Optional<Instant> expiry(@Nullable Handshake handshake) {
    if (handshake == null || handshake.peerCertificates().isEmpty()) {
      return Optional.empty();
    }
    return handshake.peerCertificates().getFirst() instanceof X509Certificate certificate
        ? Optional.of(certificate.getNotAfter().toInstant())
        : Optional.empty();
  }

  Outcome outcome(HealthCheck check) {
    if (check.exchange().http2() && !http2) {
      return Outcome.BAD_RESPONSE;
    }
    if (!check.accepts(status)) {
      return Outcome.BAD_STATUS;
    }
    return containsWhatIsExpected(check) ? Outcome.SUCCESS : Outcome.BAD_BODY;
  }

  /** What is wrong with it, for people; empty if nothing is. */
  String complaint(HealthCheck check, long readAtMost) {
    return switch (outcome(check)) {
      case SUCCESS -> "";
      case BAD_STATUS -> "status " + status;
      case BAD_BODY ->
          "the first "
              + readAtMost
              + " octets of the body do not contain \""
              + check.exchange().contains().orElse("")
              + "\"";
      default -> "HTTP/1.1 instead of HTTP/2";
    };
  }

  private boolean containsWhatIsExpected(HealthCheck check) {
    return check.exchange().contains().map(body::contains).orElse(true);
  }
}
