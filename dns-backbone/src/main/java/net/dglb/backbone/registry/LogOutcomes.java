package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.CompletionException;
import net.dglb.backbone.registry.ZoneRegistry.Outcome;
import net.dglb.backbone.registry.ZoneRegistry.Reason;
import net.dglb.backbone.registry.log.LogUnavailableException;
import org.jspecify.annotations.Nullable;

/** Reads what the log's state made of commands. */
final class LogOutcomes {

  private LogOutcomes() {}

  /** What a command's outcome in the log says. */
  static Outcome read(ByteString wire) {
    try {
      return of(net.dglb.backbone.registry.wire.Outcome.parseFrom(wire));
    } catch (InvalidProtocolBufferException e) {
      return new Outcome.Unavailable("the log's answer cannot be read: " + e.getMessage());
    }
  }

  /** What is told if the log gave no answer. */
  static Outcome failed(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String text = cause == null ? "no answer" : String.valueOf(cause.getMessage());
    return switch (cause) {
      case LogUnavailableException _ -> new Outcome.Unavailable(text);
      case IllegalArgumentException _ -> new Outcome.Refused(Reason.INVALID, text);
      case null, default -> new Outcome.Unavailable("the log failed: " + text);
    };
  }

  /** What the state made of a command. */
  static Outcome of(net.dglb.backbone.registry.wire.Outcome made) {
    return switch (made.getKind()) {
      case KIND_STORED -> new Outcome.Stored(made.getVersion());
      case KIND_OLD_VERSION -> new Outcome.OldVersion(made.getVersion(), made.getText());
      case KIND_OWNED -> new Outcome.Refused(Reason.OWNED, made.getText());
      case KIND_QUARANTINED -> new Outcome.Refused(Reason.QUARANTINED, made.getText());
      case KIND_UNPROVED -> new Outcome.Refused(Reason.UNPROVED, made.getText());
      case KIND_QUOTA -> new Outcome.Refused(Reason.QUOTA, made.getText());
      case KIND_IN_USE -> new Outcome.Refused(Reason.IN_USE, made.getText());
      case KIND_UNKNOWN -> new Outcome.Refused(Reason.UNKNOWN, made.getText());
      default -> new Outcome.Refused(Reason.INVALID, made.getText());
    };
  }
}
