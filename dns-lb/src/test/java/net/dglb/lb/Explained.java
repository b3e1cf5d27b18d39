package net.dglb.lb;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** What the admin API of the load balancer under test explains. */
final class Explained {

  private Explained() {}

  /** An A question for a label's name, with more parameters than the name. */
  static JsonObject address(Network network, String name, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("name", name);
    return network
        .get("/explain/:name", parameters)
        .body()
        .getJsonArray("labels")
        .getJsonObject(0)
        .getJsonObject("answers")
        .getJsonObject("A");
  }
}
