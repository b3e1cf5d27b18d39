package net.dglb.lab.run;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.identity.NodeRole;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.trace.SocketExchange;
import net.dglb.trace.Trace;
import net.dglb.trace.TraceRequest;
import net.dglb.trace.Verdict;
import net.dglb.trace.Walk;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Walks from the root to every service from every resolver's addresses: the chain is whole once the
 * authority refers to every backbone node, and the backbone to the load balancer beside.
 */
final class ChainCheck {

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final LabPlan plan;

  ChainCheck(LabPlan plan) {
    this.plan = plan;
  }

  /** What is still missing, in words; empty when the whole chain answers. */
  Optional<String> missing() {
    for (LabPlan.Resolver resolver : plan.resolvers()) {
      for (LabPlan.ServicePlan service : plan.services()) {
        for (InetAddress address : resolver.addresses()) {
          Optional<String> problem = problem(resolver, service, address);
          if (problem.isPresent()) {
            return problem;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The walk that a resolver at an address would make. */
  Trace walk(LabPlan.ServicePlan service, InetAddress from) {
    AddressFamily family = AddressFamily.of(from);
    List<InetAddress> roots =
        plan.nodes().getFirst().addresses().stream()
            .filter(address -> AddressFamily.of(address) == family)
            .toList();
    int type = family == AddressFamily.IPV4 ? Type.A : Type.AAAA;
    return Walk.of(
        new TraceRequest(
            absolute(service.question().toString()),
            type,
            roots,
            plan.options().dnsPort(),
            Optional.empty(),
            family),
        new SocketExchange(Optional.of(from), 0, PATIENCE));
  }

  private Optional<String> problem(
      LabPlan.Resolver resolver, LabPlan.ServicePlan service, InetAddress from) {
    Trace trace = walk(service, from);
    String who = "%s from %s".formatted(service.question(), AddressLiteral.text(from));
    if (!trace.answered()) {
      return Optional.of(who + ": " + trace.conclusion());
    }
    Set<Name> unnamed = backboneNames();
    trace.hops().forEach(hop -> unnamed.removeAll(serversOf(service, hop.verdict())));
    if (!unnamed.isEmpty()) {
      return Optional.of(who + ": the delegation of " + service.zone() + " lacks " + unnamed);
    }
    Name label = absolute(resolver.beside() + "." + service.name());
    boolean ownAnswers =
        trace.hops().stream().anyMatch(hop -> refersTo(label, resolver.beside(), hop.verdict()));
    return ownAnswers
        ? Optional.empty()
        : Optional.of(who + ": not yet referred to " + resolver.beside());
  }

  private Set<Name> backboneNames() {
    Set<Name> names = new TreeSet<>();
    plan.nodes(NodeRole.BACKBONE).forEach(node -> names.add(absolute(node.name().toString())));
    return names;
  }

  /** Whom a referral of the service's zone names; nobody if it is none. */
  private static Set<Name> serversOf(LabPlan.ServicePlan service, Verdict verdict) {
    return verdict instanceof Verdict.Referral(Name cut, Map<Name, List<InetAddress>> servers)
            && cut.equals(absolute(service.zone().toString()))
        ? servers.keySet()
        : Set.of();
  }

  /** Whether a referral of the label names the load balancer itself, not a backup or stand-in. */
  private static boolean refersTo(Name label, String loadBalancer, Verdict verdict) {
    return verdict instanceof Verdict.Referral(Name cut, Map<Name, List<InetAddress>> servers)
        && cut.equals(label)
        && servers.keySet().stream().anyMatch(name -> name.getLabelString(0).equals(loadBalancer));
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
