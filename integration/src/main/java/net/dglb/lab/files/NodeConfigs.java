package net.dglb.lab.files;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.dglb.identity.NodeRole;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;

/** The configurations of the lab's nodes: what differs from the defaults. */
final class NodeConfigs {

  private final LabPlan plan;
  private final LabDirectory directory;

  NodeConfigs(LabPlan plan, LabDirectory directory) {
    this.plan = plan;
    this.directory = directory;
  }

  static Path identityFile(LabDirectory directory, LabPlan.Node node, String end) {
    return directory.pki().resolve(node.role().word() + "-" + node.id() + end);
  }

  String of(LabPlan.Node node) {
    String body =
        switch (node.role()) {
          case AUTHORITY -> node.equals(plan.nodes().getFirst()) ? root(node) : authority(node);
          case BACKBONE -> backbone(node);
          case LOAD_BALANCER -> loadBalancer(node);
          case MEASUREMENT_SERVICE ->
              throw new IllegalArgumentException(node.id() + ": not a part of the lab");
        };
    return common(node) + body;
  }

  private String common(LabPlan.Node node) {
    return """
    node { id = %s, state = %s, admin = %s }
    identity { certificate = %s, key = %s, authority = %s }
    """
        .formatted(
            node.id(),
            Hocon.text(directory.state(node.id())),
            Hocon.text(new Endpoint(node.addresses().getFirst(), Ports.ADMIN)),
            Hocon.text(identityFile(directory, node, ".pem")),
            Hocon.text(identityFile(directory, node, "-key.pem")),
            Hocon.text(directory.pki().resolve("authority.pem")));
  }

  private String root(LabPlan.Node node) {
    return """
    dns.listen = %s
    zones = [ %s, %s ]
    """
        .formatted(
            dns(node.addresses()),
            zone(DomainName.ROOT, "root"),
            zone(DomainName.of("test"), "test"));
  }

  private String authority(LabPlan.Node node) {
    return """
    dns.listen = %s
    zones = [ %s ]
    registrations = %s
    backbone.nodes = %s
    """
        .formatted(
            dns(node.addresses()),
            zone(LabPlan.ENTERPRISE, "foobar.test"),
            Hocon.list(
                plan.services().stream()
                    .map(service -> directory.registration(service.zone().toString()))
                    .toList()),
            mappingEndpoints());
  }

  private String zone(DomainName origin, String name) {
    return "{ origin = %s, file = %s%s }"
        .formatted(
            Hocon.text(origin),
            Hocon.text(directory.zone(name)),
            plan.options().dnssec() ? ", dnssec {}" : "");
  }

  private String backbone(LabPlan.Node node) {
    List<LabPlan.Node> all = plan.nodes(NodeRole.BACKBONE);
    List<Endpoint> others =
        all.stream()
            .filter(other -> !other.equals(node))
            .map(NodeConfigs::clusterEndpoint)
            .toList();
    return """
    dns { listen = %s, label-listen = %s, infrastructure-zone = %s }
    mapping.listen = %s
    mapping.ping-interval = 2s
    cluster { address = %s, port = %d, members = %s, name = dglb-lab }
    map.key = %s
    fallback.locations = %s
    labels { check-interval = 5s, lost-after = 6s }
    registry.peers { %s }
    grants {
      load-balancers {
    %s  }
      authorities { foobar { zones = [%s] } }
    }
    """
        .formatted(
            dns(node.addresses()),
            dns(node.labelAddresses()),
            LabPlan.INFRASTRUCTURE,
            Hocon.endpoints(node.addresses(), Ports.MAPPING),
            Hocon.text(clusterEndpoint(node).address().getHostAddress()),
            clusterEndpoint(node).port(),
            Hocon.list(others),
            Hocon.text(directory.mapKey()),
            Hocon.text(directory.locations()),
            registryPeers(),
            grants(),
            Hocon.text(LabPlan.ENTERPRISE));
  }

  private static Endpoint clusterEndpoint(LabPlan.Node node) {
    return new Endpoint(node.addresses().getFirst(), Ports.CLUSTER);
  }

  private String registryPeers() {
    return plan.nodes(NodeRole.BACKBONE).stream()
        .map(node ->
            node.id()
                + ".endpoint = "
                + Hocon.text(new Endpoint(node.addresses().getFirst(), Ports.REGISTRY)))
        .collect(Collectors.joining(", "));
  }

  private String grants() {
    StringBuilder text = new StringBuilder();
    for (LabPlan.Node node : plan.nodes(NodeRole.LOAD_BALANCER)) {
      String prefixes = Hocon.list(plan.prefixes(node));
      text.append(
          "    %s { resolvers = %s, clients = %s }%n".formatted(node.id(), prefixes, prefixes));
    }
    return text.toString();
  }

  private String dns(List<InetAddress> addresses) {
    return Hocon.endpoints(addresses, plan.options().dnsPort());
  }

  private String mappingEndpoints() {
    List<Endpoint> all = new ArrayList<>();
    for (LabPlan.Node node : plan.nodes(NodeRole.BACKBONE)) {
      all.add(new Endpoint(node.addresses().getFirst(), Ports.MAPPING));
    }
    return Hocon.list(all);
  }

  private String loadBalancer(LabPlan.Node node) {
    Location here = node.city().orElseThrow().location();
    String prefixes = Hocon.list(plan.prefixes(node));
    return """
    dns.listen = %s
    announce.location { latitude = %s, longitude = %s }
    resolvers { prefixes = %s, clients = %s }
    backbone { nodes = %s, ping-interval = 2s, report-interval = 2s }
    """
        .formatted(
            dns(node.addresses()),
            here.latitude(),
            here.longitude(),
            prefixes,
            prefixes,
            mappingEndpoints());
  }
}
