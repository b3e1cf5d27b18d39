package net.dglb.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** What the lab's own description says must come out. */
final class Chain {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Chain() {}

  /**
   * Waits until what a busy machine added to the first measurements is averaged out everywhere: in
   * both families, and at backups too, which learn later what a label's owner measures.
   */
  static void awaitBestSites(LabRun lab) {
    List<JsonObject> balancers =
        lab.entries("nodes").stream().filter(node -> node.getString("role").equals("lb")).toList();
    for (JsonObject owner : balancers) {
      for (JsonObject service : lab.entries("services")) {
        String label = owner.getString("id") + "." + service.getString("name");
        for (String type : List.of("A", "AAAA")) {
          String best = address(sitesFrom(lab, owner.getString("city")).getFirst(), type);
          for (JsonObject balancer : balancers) {
            Awaitility.await(label + " is answered with " + best + " by " + balancer)
                .atMost(PATIENCE)
                .until(
                    () -> ask(lab, balancer, label, type),
                    reply ->
                        reply.answers().equals(List.of(best))
                            || (!balancer.equals(owner) && reply.status().equals("REFUSED")));
          }
        }
      }
    }
  }

  private static Dig.Reply ask(LabRun lab, JsonObject balancer, String label, String type) {
    return Dig.ask(
        lab, address(balancer, "A"), balancer.getInteger("port"), label, type, "+norecurse");
  }

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

  /** The label that each backbone node answers a resolver for a service, by the node's id. */
  static Map<String, List<String>> aliases(LabRun lab, String service, String resolver) {
    return answered(lab, service, "CNAME", resolver);
  }

  /** What each backbone node answers a resolver for a service, by the node's id. */
  static Map<String, List<String>> answered(
      LabRun lab, String service, String type, String resolver) {
    Map<String, List<String>> answered = new TreeMap<>();
    for (JsonObject node : lab.entries("nodes")) {
      if (node.getString("role").equals("backbone")) {
        answered.put(node.getString("id"), answered(lab, node, service, type, resolver));
      }
    }
    return answered;
  }

  /** The label that one backbone node answers a resolver for a service. */
  static List<String> alias(LabRun lab, JsonObject backbone, String service, String resolver) {
    return answered(lab, backbone, service, "CNAME", resolver);
  }

  private static List<String> answered(
      LabRun lab, JsonObject backbone, String service, String type, String resolver) {
    return Dig.ask(
            lab,
            address(backbone, "A"),
            backbone.getInteger("port"),
            service,
            type,
            "+norecurse",
            "-b",
            resolver)
        .answers();
  }
}
