package net.dglb.node;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * An answer of the admin API.
 *
 * @param status the HTTP status code
 * @param mediaType of the body
 * @param body what is sent, as JSON
 */
public record AdminAnswer(int status, String mediaType, JsonObject body) {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  /** 200 with a tree. */
  public static AdminAnswer ok(JsonObject body) {
    return new AdminAnswer(200, body);
  }

  /** A state as JSON. */
  AdminAnswer(int status, JsonObject body) {
    this(status, JSON, body);
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
    return problem(status, "about:blank", text, new JsonObject());
  }

  /**
   * A failure of a certain kind (RFC 9457).
   *
   * @param type the kind, a URI that programs may rely on
   * @param text for people
   * @param more what belongs to this kind
   */
  public static AdminAnswer problem(int status, String type, String text, JsonObject more) {
    JsonObject body =
        new JsonObject()
            .put("type", type)
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", text);
    return new AdminAnswer(status, PROBLEM, body.mergeIn(more));
  }

  /** The body as it is sent. */
  Buffer encoded() {
    return Buffer.buffer(body.encodePrettily() + "\n");
  }
}
