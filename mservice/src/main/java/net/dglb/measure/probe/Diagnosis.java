package net.dglb.measure.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import net.dglb.service.ProbeTarget;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a probe, by the exception that ended it.
 *
 * @param outcome how it ended
 * @param detail what was wrong, for people
 */
record Diagnosis(Outcome outcome, String detail) {

  /**
   * Tells a failure of the site from one of this machine.
   *
   * @param connected whether the connection stood
   */
  static Diagnosis of(
      IOException failure, ProbeTarget target, ProberSettings settings, boolean connected) {
    Optional<String> fault =
        connected || failure instanceof InterruptedIOException
            ? Optional.empty()
            : LocalFault.of(failure, target, settings);
    return fault
        .map(what -> new Diagnosis(Outcome.LOCAL_FAULT, what))
        .orElseGet(
            () -> new Diagnosis(ofSite(failure, connected), String.valueOf(failure.getMessage())));
  }

  private static Outcome ofSite(IOException failure, boolean connected) {
    if (failure instanceof InterruptedIOException) {
      return Outcome.TIMED_OUT;
    }
    return connected ? afterConnect(failure) : beforeConnect(failure);
  }

  private static Outcome beforeConnect(IOException failure) {
    String text = text(failure);
    if (text.contains("reset")) {
      return Outcome.RESET;
    }
    if (failure instanceof NoRouteToHostException || text.contains("unreachable")) {
      return Outcome.UNREACHABLE;
    }
    if (text.contains("timed out")) {
      return Outcome.TIMED_OUT;
    }
    return failure instanceof ConnectException ? Outcome.REFUSED : Outcome.UNREACHABLE;
  }

  private static Outcome afterConnect(IOException failure) {
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof SocketException) {
        return Outcome.RESET;
      }
      if (it instanceof EOFException || text(it).contains("unexpected end of stream")) {
        return Outcome.ABORTED;
      }
    }
    if (failure instanceof SSLException) {
      return Outcome.TLS_FAILED;
    }
    return failure instanceof ProtocolException ? Outcome.BAD_RESPONSE : Outcome.ABORTED;
  }

  private static String text(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
