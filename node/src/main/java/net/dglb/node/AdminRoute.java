package net.dglb.node;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A route that a node adds to its admin API.
 *
 * @param method the HTTP method
 * @param path the path, with parameters as {@code /services/:name}
 * @param answer runs on the control thread, must not block, and may answer later; an {@link
 *     IllegalArgumentException} becomes 400 with its message
 */
public record AdminRoute(
    HttpMethod method, String path, Function<AdminRequest, CompletableFuture<AdminAnswer>> answer) {

  /** A route that reads. */
  public static AdminRoute get(String path, Function<AdminRequest, AdminAnswer> answer) {
    return new AdminRoute(HttpMethod.GET, path, atOnce(answer));
  }

  /** A route that changes something. */
  public static AdminRoute post(String path, Function<AdminRequest, AdminAnswer> answer) {
    return new AdminRoute(HttpMethod.POST, path, atOnce(answer));
  }

  private static Function<AdminRequest, CompletableFuture<AdminAnswer>> atOnce(
      Function<AdminRequest, AdminAnswer> answer) {
    return request -> CompletableFuture.completedFuture(answer.apply(request));
  }
}
