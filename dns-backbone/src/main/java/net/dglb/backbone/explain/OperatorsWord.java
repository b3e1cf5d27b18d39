package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.explain.SayingTree;
import net.dglb.net.DomainName;

/** What operators say of sites at the backbone. */
record OperatorsWord(ZoneRegistry registry) {

  /** Adds who said what of each candidate of an order, and why. */
  void addTo(JsonArray order, DomainName service) {
    for (int i = 0; i < order.size(); i++) {
      JsonObject site = order.getJsonObject(i);
      registry
          .said()
          .sayings()
          .newest(service, site.getString("site"))
          .ifPresent(saying -> site.put("said", SayingTree.of(saying).put("at", "the backbone")));
    }
  }
}
