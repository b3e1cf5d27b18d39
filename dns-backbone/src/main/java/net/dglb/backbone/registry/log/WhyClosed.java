package net.dglb.backbone.registry.log;

import java.net.SocketException;
import net.dglb.net.BindFailure;
import org.apache.ratis.io.CorruptedFileException;
import org.apache.ratis.protocol.exceptions.ChecksumException;

/** Why a log cannot be opened, for people, with what to do. */
final class WhyClosed {

  private WhyClosed() {}

  static String text(Exception failure, LogSettings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException && settings.listen().isPresent()) {
        BindFailure bind = BindFailure.of("TCP", settings.listen().get(), cause);
        return String.valueOf(bind.at("registry.listen").getMessage());
      }
      if (isDamage(cause)) {
        return damaged(String.valueOf(cause.getMessage()), settings);
      }
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static boolean isDamage(Throwable cause) {
    return cause instanceof ChecksumException
        || cause instanceof CorruptedFileException
        || String.valueOf(cause.getMessage()).startsWith("Failed to load ");
  }

  /** What was confirmed here cannot be read any more: to cut it off would be to forget it. */
  static String damaged(String what, LogSettings settings) {
    String self = settings.self();
    return what
        + " (expected: what this node wrote there). "
        + (settings.isAlone()
            ? "Stop the node and restore its whole state folder from a backup"
            : "The other nodes have it: run `dglb registry remove "
                + self
                + "` against one of them, stop this node, empty "
                + settings.folder()
                + ", start it with registry.join = true, and run `dglb registry add "
                + self
                + " "
                + settings.listen().map(Object::toString).orElse("ENDPOINT")
                + "`");
  }
}
