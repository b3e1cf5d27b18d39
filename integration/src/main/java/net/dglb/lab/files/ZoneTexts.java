package net.dglb.lab.files;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.DomainName;

/** The lab's master files: the root, the top-level domain and the enterprise's zone. */
final class ZoneTexts {

  private final LabPlan plan;
  private final LabPlan.Node root;
  private final LabPlan.Node enterprise;

  private final LabKeys keys;

  ZoneTexts(LabPlan plan, LabKeys keys) {
    this.plan = plan;
    this.keys = keys;
    this.root = plan.nodes(NodeRole.AUTHORITY).getFirst();
    this.enterprise = plan.nodes(NodeRole.AUTHORITY).getLast();
  }

  String rootZone() throws IOException {
    return head(root)
        + "test. NS "
        + root.name()
        + ".\n"
        + ds(root, DomainName.of("test"))
        + addresses(root.name(), root.addresses());
  }

  private String ds(LabPlan.Node node, DomainName zone) throws IOException {
    return plan.options().dnssec() ? keys.ds(node.id(), zone) + "\n" : "";
  }

  String topLevelZone() throws IOException {
    StringBuilder text = new StringBuilder(head(root));
    text.append(addresses(root.name(), root.addresses()));
    text.append(delegation(LabPlan.ENTERPRISE, List.of(enterprise)));
    text.append(ds(enterprise, LabPlan.ENTERPRISE));
    text.append(delegation(LabPlan.INFRASTRUCTURE, plan.nodes(NodeRole.BACKBONE)));
    return text.toString();
  }

  /**
   * The same where the infrastructure zone is secure.
   *
   * @param ds the data of its DS record
   */
  String topLevelZone(String ds) throws IOException {
    return topLevelZone() + "%s. DS %s%n".formatted(LabPlan.INFRASTRUCTURE, ds);
  }

  String enterpriseZone() {
    return head(enterprise)
        + addresses(enterprise.name(), enterprise.addresses())
        + """
        @ MX 10 mail
        @ TXT "an enterprise of the lab"
        mail A 127.53.0.2
        """;
  }

  private static String head(LabPlan.Node primary) {
    return """
    $TTL 86400
    @ SOA %s. hostmaster.nic.test. 1 7200 3600 1209600 60
    @ NS %s.
    """
        .formatted(primary.name(), primary.name());
  }

  private static String delegation(DomainName cut, List<LabPlan.Node> servers) {
    StringBuilder text = new StringBuilder();
    for (LabPlan.Node server : servers) {
      text.append("%s. NS %s.%n".formatted(cut, server.name()));
      text.append(addresses(server.name(), server.addresses()));
    }
    return text.toString();
  }

  private static String addresses(DomainName name, List<InetAddress> addresses) {
    StringBuilder text = new StringBuilder();
    for (InetAddress address : addresses) {
      String type = address instanceof Inet4Address ? "A" : "AAAA";
      text.append("%s. %s %s%n".formatted(name, type, address.getHostAddress()));
    }
    return text.toString();
  }
}
