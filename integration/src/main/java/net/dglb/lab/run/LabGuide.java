package net.dglb.lab.run;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.lab.files.LabDirectory;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.AddressLiteral;

/** What the lab tells its user once it is ready: where everything is and what to try. */
public final class LabGuide {

  private final LabPlan plan;
  private final LabDirectory directory;
  private final boolean namespace;
  private final String suffix;

  /**
   * A guide.
   *
   * @param suffix what must be added to the lab's commands, such as {@code --dir x}; may be empty
   */
  public LabGuide(LabPlan plan, LabDirectory directory, boolean namespace, String suffix) {
    this.plan = plan;
    this.directory = directory;
    this.namespace = namespace;
    this.suffix = suffix.isEmpty() ? "" : " " + suffix;
  }

  /** The whole text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    places(text);
    port(text);
    questions(text);
    experiments(text);
    if (plan.options().dnssec()) {
      text.append("The root is signed; its DS record, for resolvers to trust, is in lab.json.\n");
    }
    text.append("For scripts: ").append(directory.description()).append('\n');
    text.append("Stop it with Ctrl-C.\n");
    return text.toString();
  }

  private void places(StringBuilder text) {
    text.append("\nName servers\n");
    for (LabPlan.Node node : plan.nodes()) {
      row(text, node.id(), node.addresses(), describe(node) + labelAddress(node));
    }
    text.append("\nResolvers (yours: ask from these addresses)\n");
    for (LabPlan.Resolver resolver : plan.resolvers()) {
      row(text, resolver.city().id(), resolver.addresses(), "beside " + resolver.beside());
    }
    text.append("\nSites (port %d)\n".formatted(plan.options().sitePort()));
    for (LabPlan.SitePlan site : plan.sites()) {
      row(text, site.id(), site.addresses(), paths(site));
    }
  }

  private void row(StringBuilder text, String id, List<InetAddress> addresses, String what) {
    int width = plan.options().ipv6() ? 25 : 13;
    String where = addresses(addresses);
    text.append(
        "  %-14s %s  %s%n"
            .formatted(id, where + " ".repeat(Math.max(0, width - where.length())), what));
  }

  private static String addresses(List<InetAddress> addresses) {
    return String.join(" ", addresses.stream().map(AddressLiteral::text).toList());
  }

  private static String describe(LabPlan.Node node) {
    return switch (node.role()) {
      case AUTHORITY -> node.id().equals("root") ? "root and test." : "authority of foobar.test";
      case BACKBONE -> "backbone node";
      case LOAD_BALANCER -> "load balancer in " + node.city().map(city -> city.name()).orElse("?");
      case MEASUREMENT_SERVICE -> "measurement service";
    };
  }

  private static String labelAddress(LabPlan.Node node) {
    return node.labelAddresses().isEmpty()
        ? ""
        : ", label address " + addresses(node.labelAddresses());
  }

  private String paths(LabPlan.SitePlan site) {
    StringBuilder text = new StringBuilder("round trip from");
    for (LabPlan.Resolver resolver : plan.resolvers()) {
      text.append(
          " %s %d ms,"
              .formatted(
                  resolver.city().name(), plan.roundTrips().millis(resolver.city(), site.city())));
    }
    return text.substring(0, text.length() - 1);
  }

  private void port(StringBuilder text) {
    if (plan.options().dnsPort() != 53) {
      text.append(
          "\nThe name servers listen on port %d, since port 53 is not to be had here. dig and trace work;%n"
              .formatted(plan.options().dnsPort()));
      text.append("real resolvers know only port 53: run ./dglb lab --namespace for those.\n");
    }
    if (namespace) {
      text.append(
          "\nThe lab has a network of its own: ./dglb lab shell%s gets you in.%n"
              .formatted(suffix));
    }
  }

  private void questions(StringBuilder text) {
    LabPlan.ServicePlan service = plan.services().getFirst();
    LabPlan.Resolver resolver = plan.resolvers().getFirst();
    String from = AddressLiteral.text(resolver.addresses().getFirst());
    LabPlan.Node backbone = plan.nodes(NodeRole.BACKBONE).getFirst();
    LabPlan.Node balancer = plan.nodes(NodeRole.LOAD_BALANCER).getFirst();
    text.append("\nFollow the chain as the resolver in ")
        .append(resolver.city().name())
        .append(":\n");
    dig(text, from, plan.nodes().getFirst(), service.question().toString());
    dig(text, from, plan.nodes(NodeRole.AUTHORITY).getLast(), service.question().toString());
    dig(text, from, backbone, service.name().toString());
    dig(text, from, backbone, resolver.beside() + "." + service.name());
    dig(text, from, balancer, resolver.beside() + "." + service.name());
    text.append("or all at once:\n");
    text.append("  ./dglb trace %s --from %s%s%n".formatted(service.question(), from, suffix));
    text.append("Other places get other answers; so does the delegated form:\n");
    LabPlan.Resolver other = plan.resolvers().getLast();
    text.append(
        "  ./dglb trace %s --from %s%s%n"
            .formatted(
                plan.services().getLast().question(),
                AddressLiteral.text(other.addresses().getFirst()),
                suffix));
  }

  private void dig(StringBuilder text, String from, LabPlan.Node server, String name) {
    String dig = namespace ? "./dglb lab dig" + suffix : "dig";
    String port = plan.options().dnsPort() == 53 ? "" : " -p " + plan.options().dnsPort();
    text.append(
        "  %s +norecurse -b %s @%s%s %s%n"
            .formatted(dig, from, AddressLiteral.text(server.addresses().getFirst()), port, name));
  }

  private void experiments(StringBuilder text) {
    LabPlan.Resolver resolver = plan.resolvers().getFirst();
    String best =
        plan.sites().stream()
            .min(
                Comparator.comparingInt(
                    site -> plan.roundTrips().millis(resolver.city(), site.city())))
            .map(LabPlan.SitePlan::id)
            .orElseThrow();
    text.append("\nTry, and ask again after some seconds:\n");
    experiment(text, "slow " + best + " 300", "a site slows down: its clients go elsewhere");
    experiment(text, "slow " + best + " off", "and come back");
    experiment(text, "kill " + best, "a site dies");
    experiment(text, "start " + best, "and returns");
    experiment(text, "kill " + resolver.beside(), "a load balancer dies: its backups answer");
    experiment(text, "kill b1", "a backbone node dies: the other answers");
    experiment(text, "start b1", "and returns with its map");
    experiment(text, "status", "who runs");
    text.append('\n');
  }

  private void experiment(StringBuilder text, String command, String what) {
    text.append("  %-40s # %s%n".formatted("./dglb lab " + command + suffix, what));
  }
}
