package net.dglb.dns.zone;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Links the NSEC records of a signed zone to the names whose absence they prove. */
final class DenialCompiler {

  private static final Name WILDCARD = Name.fromConstantString("*");

  private final Name apex;
  private final Map<Name, ZoneNode> nodes;
  private final NavigableMap<Name, Denial> chain = new TreeMap<>();

  DenialCompiler(Name apex, Map<Name, ZoneNode> nodes) {
    this.apex = apex;
    this.nodes = nodes;
  }

  /**
   * Collects the chain and gives every authoritative name its proofs.
   *
   * @throws ZoneException if the chain has no beginning
   */
  void compile(Map<Name, Map<Integer, List<Record>>> owners) throws ZoneException {
    for (Name owner : owners.keySet()) {
      ZoneNode node = nodes.get(owner);
      var nsec = node == null ? null : node.find(Type.NSEC);
      if (nsec != null) {
        byte[] prefix = Arrays.copyOf(owner.toWireCanonical(), owner.length() - apex.length());
        chain.put(owner, new Denial(prefix, nsec));
      }
    }
    if (!chain.containsKey(apex)) {
      throw new ZoneException(
          List.of(
              apex
                  + ": signed, but without an NSEC record (expected a chain of them; NSEC3 is not"
                  + " served)"));
    }
    nodes.forEach(this::link);
  }

  private void link(Name name, ZoneNode node) {
    if (node.delegation == null || node.atCut) {
      node.denial = covering(name);
    }
    if (node.delegation == null && node.wildcard == null) {
      node.wildcardDenial = wildcardOf(name);
    }
  }

  private @Nullable Denial wildcardOf(Name encloser) {
    try {
      return covering(Name.concatenate(WILDCARD, encloser));
    } catch (NameTooLongException e) {
      return null; // no name fits below either
    }
  }

  private @Nullable Denial covering(Name name) {
    Map.Entry<Name, Denial> entry = chain.floorEntry(name);
    return entry == null ? null : entry.getValue();
  }

  /** What proves that an alias's target does not exist itself; nothing if it does. */
  List<Denial> proofsFor(Name target) {
    Denial closer = target.subdomain(apex) ? covering(target) : null;
    if (closer == null || nodes.containsKey(target)) {
      return List.of();
    }
    Name encloser = target;
    while (!nodes.containsKey(encloser)) {
      encloser = new Name(encloser, 1);
    }
    ZoneNode node = nodes.get(encloser);
    if (node == null || node.delegation != null) {
      return List.of();
    }
    Denial noWildcard = node.wildcardDenial;
    return noWildcard == null ? List.of(closer) : List.of(closer, noWildcard);
  }

  /** The chain; null if the zone is not signed. */
  @Nullable DenialChain chain() {
    return chain.isEmpty() ? null : new DenialChain(chain);
  }
}
