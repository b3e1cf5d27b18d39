package net.dglb.lab.run;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import net.dglb.lab.client.RunningLab;
import net.dglb.lab.files.LabDirectory;
import net.dglb.lab.files.LabKeys;
import net.dglb.lab.files.Ports;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;

/** What scripts read of a running lab: lab.json. */
final class LabDescription {

  private final LabPlan plan;
  private final LabDirectory directory;

  LabDescription(LabPlan plan, LabDirectory directory) {
    this.plan = plan;
    this.directory = directory;
  }

  /**
   * The description.
   *
   * @param processes the nodes' processes
   * @param control where the lab is controlled, and by which word
   * @param namespace whether it has a network of its own
   */
  JsonObject toJson(Collection<NodeProcess> processes, JsonObject control, boolean namespace) {
    JsonArray nodes = new JsonArray();
    for (LabPlan.Node node : plan.nodes()) {
      nodes.add(
          node(
              node,
              processes.stream().filter(p -> p.id().equals(node.id())).findFirst().orElseThrow()));
    }
    JsonObject json = new JsonObject();
    if (plan.options().dnssec()) {
      json.put("trust_anchor", trustAnchor());
    }
    return json.put("directory", directory.root().toString())
        .put("pid", ProcessHandle.current().pid())
        .put("started", RunningLab.startedMillis())
        .put("namespace", namespace)
        .put("port", plan.options().dnsPort())
        .put("root", addresses(plan.nodes().getFirst().addresses()))
        .put("nodes", nodes)
        .put("services", services())
        .put("resolvers", resolvers())
        .put("sites", sites())
        .put("rtt", roundTrips())
        .put("control", control);
  }

  /** The DS record of the root. */
  private String trustAnchor() {
    try {
      return new LabKeys(directory).ds(plan.nodes().getFirst().id(), DomainName.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject node(LabPlan.Node node, NodeProcess process) {
    JsonObject json =
        new JsonObject()
            .put("role", node.role().word())
            .put("id", node.id())
            .put("name", node.name().toString())
            .put("addresses", addresses(node.addresses()))
            .put("port", plan.options().dnsPort())
            .put("admin", new Endpoint(node.addresses().getFirst(), Ports.ADMIN).toString())
            .put("pid", process.pid().orElse(null))
            .put("config", directory.config(node.id()).toString())
            .put("log", directory.log(node.id()).toString());
    if (!node.labelAddresses().isEmpty()) {
      json.put("label_addresses", addresses(node.labelAddresses()));
    }
    node.city().ifPresent(city -> json.put("city", city.id()));
    return json;
  }

  private JsonArray services() {
    JsonArray all = new JsonArray();
    for (LabPlan.ServicePlan service : plan.services()) {
      all.add(
          new JsonObject()
              .put("name", service.name().toString())
              .put("question", service.question().toString())
              .put("form", service.form().name().toLowerCase(Locale.ROOT))
              .put("zone", service.zone().toString()));
    }
    return all;
  }

  private JsonArray resolvers() {
    JsonArray all = new JsonArray();
    for (LabPlan.Resolver resolver : plan.resolvers()) {
      all.add(
          new JsonObject()
              .put("address", AddressLiteral.text(resolver.addresses().getFirst()))
              .put("addresses", addresses(resolver.addresses()))
              .put("city", resolver.city().id())
              .put("beside", resolver.beside()));
    }
    return all;
  }

  private JsonArray sites() {
    JsonArray all = new JsonArray();
    for (LabPlan.SitePlan site : plan.sites()) {
      all.add(
          new JsonObject()
              .put("id", site.id())
              .put("city", site.city().id())
              .put("addresses", addresses(site.addresses()))
              .put("port", plan.options().sitePort()));
    }
    return all;
  }

  private JsonObject roundTrips() {
    JsonObject table = new JsonObject();
    for (City from : plan.roundTrips().cities()) {
      JsonObject row = new JsonObject();
      for (City to : plan.roundTrips().cities()) {
        row.put(to.id(), plan.roundTrips().millis(from, to));
      }
      table.put(from.id(), row);
    }
    return table;
  }

  private static JsonArray addresses(Collection<InetAddress> addresses) {
    JsonArray all = new JsonArray();
    addresses.forEach(address -> all.add(AddressLiteral.text(address)));
    return all;
  }
}
