package net.dglb.measure.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception what happened to a probe. */
final class Diagnosis {

  private Diagnosis() {}

  static Outcome of(IOException failure, boolean connected) {
    if (failure instanceof InterruptedIOException) {
      return Outcome.TIMED_OUT;
    }
    return connected ? afterConnect(failure) : beforeConnect(failure);
  }

  private static Outcome beforeConnect(IOException failure) {
    String text = text(failure);
    if (failure instanceof BindException || text.contains("too many open files")) {
      return Outcome.LOCAL_FAULT;
    }
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
