package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.service.Service;

/** What operators said, as JSON. */
public final class SayingTree {

  private SayingTree() {}

  /** One saying. */
  public static JsonObject of(Saying saying) {
    return new JsonObject()
        .put("pattern", saying.pattern().toString())
        .put("state", saying.stateWord())
        .put("who", saying.who())
        .put("why", saying.why())
        .put("since", saying.since().toString());
  }

  /** All of them, each with the sites that it matches now. */
  public static JsonArray of(Sayings sayings, Collection<Service> services) {
    JsonArray all = new JsonArray();
    sayings.all().forEach(it -> all.add(of(it).put("matches", matched(it.pattern(), services))));
    return all;
  }

  /** The sites that a pattern matches, as service/site. */
  public static JsonArray matched(SitePattern pattern, Collection<Service> services) {
    JsonArray sites = new JsonArray();
    for (Service service : services) {
      service.sites().stream()
          .filter(site -> pattern.matches(service.name(), site.id()))
          .forEach(site -> sites.add(service.name() + "/" + site.id()));
    }
    return sites;
  }
}
