package net.dglb.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** What the lab's own description says must come out. */
final class Chain {

  private Chain() {}

  /** The first address of the wanted family ("A" or "AAAA") among an entry's addresses. */
  static String address(JsonObject entry, String type) {
    return addresses(entry, type).getFirst();
  }

  /** The addresses of the wanted family. */
  static List<String> addresses(JsonObject entry, String type) {
    JsonArray all = entry.getJsonArray("addresses");
    return all.stream()
        .map(Object::toString)
        .filter(address -> address.contains(":") == type.equals("AAAA"))
        .toList();
  }

  /** Sites in the order of their emulated round-trip time from a city. */
  static List<JsonObject> sitesFrom(LabRun lab, String city) {
    JsonObject row = lab.description().getJsonObject("rtt").getJsonObject(city);
    return lab.entries("sites").stream()
        .sorted(Comparator.comparingDouble(site -> row.getDouble(site.getString("city"))))
        .toList();
  }

  /** The address that a resolver's clients should get for a type. */
  static String best(LabRun lab, JsonObject resolver, String type) {
    return address(sitesFrom(lab, resolver.getString("city")).getFirst(), type);
  }
}
