package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.ZoneRegistry.Outcome;
import net.dglb.backbone.registry.ZoneRegistry.Reason;
import net.dglb.config.ConfigException;
import net.dglb.node.AdminAnswer;

/** What became of a call, as HTTP. */
final class Answers {

  private static final String TYPE = "urn:dglb:problem:";

  private Answers() {}

  static CompletableFuture<AdminAnswer> now(AdminAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  static AdminAnswer denied(Access.DeniedException e) {
    return AdminAnswer.problem(
        e.status(), TYPE + "denied", String.valueOf(e.getMessage()), new JsonObject());
  }

  static AdminAnswer of(Outcome outcome, JsonObject stored) {
    return switch (outcome) {
      case Outcome.Stored(long version) ->
          AdminAnswer.ok(version > 0 ? stored.put("version", version) : stored);
      case Outcome.OldVersion(long served, String text) ->
          AdminAnswer.problem(
              409, TYPE + "other-version", text, new JsonObject().put("version", served));
      case Outcome.Refused(Reason reason, String text) ->
          AdminAnswer.problem(status(reason), TYPE + word(reason), text, new JsonObject());
      case Outcome.Unavailable(String text) ->
          AdminAnswer.problem(503, TYPE + "not-confirmed", text, new JsonObject());
    };
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case OWNED, QUARANTINED, IN_USE -> 409;
      case UNPROVED, QUOTA -> 403;
      case UNKNOWN -> 404;
      case INVALID -> 400;
    };
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every problem of a document. */
  static AdminAnswer invalid(ConfigException e) {
    JsonArray problems = new JsonArray();
    e.problems()
        .forEach(problem ->
            problems.add(
                new JsonObject()
                    .put("line", problem.line())
                    .put("key", problem.key())
                    .put("message", problem.message())));
    return AdminAnswer.problem(
        400,
        TYPE + "invalid-document",
        String.valueOf(e.getMessage()),
        new JsonObject().put("problems", problems));
  }

  /** Too much is asked at once. */
  static AdminAnswer busy(Exception e) {
    return AdminAnswer.problem(
        503, TYPE + "busy", String.valueOf(e.getMessage()), new JsonObject());
  }

  /** The zone is still to be proved. */
  static AdminAnswer unproved(String text, JsonObject challenge) {
    return AdminAnswer.problem(
        403, TYPE + word(Reason.UNPROVED), text, new JsonObject().put("challenge", challenge));
  }
}
