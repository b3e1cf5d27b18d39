package net.dglb.authority;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.session.Session;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;

/**
 * The word of the backbone as a whole: the union of what its nodes with open sessions said last. A
 * node that none of them names any more drops out; where none of them has said anything, the last
 * union stands, since nothing new is passed on. Belongs to the control thread.
 */
final class BackboneWord {

  private final Consumer<ZoneDelegation> delegated;
  private final Consumer<List<NodeEndpoints>> learned;
  private final Map<DomainName, Statements<ZoneDelegation>> delegations = new TreeMap<>();
  private final Statements<List<NodeEndpoints>> nodes = new Statements<>();

  /**
   * Has heard nothing yet.
   *
   * @param delegated is told how a zone is to be delegated, after each change and at times without
   * @param learned is told which backbone nodes there are, in the same way
   */
  BackboneWord(Consumer<ZoneDelegation> delegated, Consumer<List<NodeEndpoints>> learned) {
    this.delegated = delegated;
    this.learned = learned;
  }

  void delegation(Session session, ZoneDelegation said) {
    Statements<ZoneDelegation> statements =
        delegations.computeIfAbsent(said.origin(), _ -> new Statements<>());
    statements.heard(session, said);
    delegated.accept(delegation(statements.standing()));
  }

  void nodes(Session session, List<NodeEndpoints> said) {
    nodes.heard(session, said);
    learned.accept(union(nodes.standing()));
  }

  void ended(Session session) {
    for (Statements<ZoneDelegation> statements : delegations.values()) {
      if (statements.ended(session) && !statements.standing().isEmpty()) {
        delegated.accept(delegation(statements.standing()));
      }
    }
    if (nodes.ended(session) && !nodes.standing().isEmpty()) {
      learned.accept(union(nodes.standing()));
    }
  }

  /**
   * Name servers by name, each with every address that anybody gives it, the shortest TTL, and what
   * anybody says of keys: one DS record too many does no harm, one too few does.
   */
  private static ZoneDelegation delegation(List<ZoneDelegation> statements) {
    Map<DomainName, Set<InetAddress>> servers = new TreeMap<>();
    Duration ttl = statements.getFirst().ttl();
    Set<DelegationSigner> signers = new LinkedHashSet<>();
    for (ZoneDelegation said : statements) {
      said.nameServers()
          .forEach(server ->
              servers
                  .computeIfAbsent(server.name(), _ -> new LinkedHashSet<>())
                  .addAll(server.addresses()));
      signers.addAll(said.signers());
      ttl = said.ttl().compareTo(ttl) < 0 ? said.ttl() : ttl;
    }
    List<ZoneDelegation.NameServer> all =
        servers.entrySet().stream()
            .limit(ZoneDelegation.MAX_NAME_SERVERS)
            .map(server ->
                new ZoneDelegation.NameServer(server.getKey(), bounded(server.getValue())))
            .toList();
    return new ZoneDelegation(
        statements.getFirst().origin(),
        all,
        ttl,
        signers.stream().limit(DelegationSigner.MAX).toList());
  }

  private static List<NodeEndpoints> union(List<List<NodeEndpoints>> statements) {
    Map<String, Set<Endpoint>> endpoints = new TreeMap<>();
    statements.stream()
        .flatMap(List::stream)
        .forEach(node ->
            endpoints
                .computeIfAbsent(node.id(), _ -> new LinkedHashSet<>())
                .addAll(node.mapping()));
    return endpoints.entrySet().stream()
        .map(node -> new NodeEndpoints(node.getKey(), bounded(node.getValue()), Optional.empty()))
        .toList();
  }

  private static <T> List<T> bounded(Set<T> addresses) {
    return addresses.stream().limit(Announcement.MAX_ADDRESSES).toList();
  }
}
