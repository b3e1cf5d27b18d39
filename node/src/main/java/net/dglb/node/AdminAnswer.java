package net.dglb.node;

import io.vertx.core.json.JsonObject;

/**
 * An answer of the admin API.
 *
 * @param status the HTTP status code
 * @param body what is sent, as JSON
 */
public record AdminAnswer(int status, JsonObject body) {

  /** 200 with a tree. */
  public static AdminAnswer ok(JsonObject body) {
    return new AdminAnswer(200, body);
  }

  /** 400: the call was wrong; the text says what was expected. */
  public static AdminAnswer refused(String text) {
    return problem(400, text);
  }

  /** 404: there is no such thing. */
  public static AdminAnswer notFound(String text) {
    return problem(404, text);
  }

  /** Any other failure with a text for people. */
  public static AdminAnswer problem(int status, String text) {
    return new AdminAnswer(status, new JsonObject().put("error", text));
  }
}
