package net.dglb.node;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the admin API.
 *
 * @param parameters those of the path and of the query by name; the first value if one repeats
 * @param body the JSON object that was sent, if any
 * @param caller who calls, for the log: the certificate's identity, else the remote address
 */
public record AdminRequest(
    Map<String, String> parameters, Optional<JsonObject> body, String caller) {

  /** A parameter, if it was given. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
