package net.dglb.backbone.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Prefix;

/** One of the two tables of announced prefixes, kept up to date announcement by announcement. */
final class AnnouncedPrefixes {

  private final AnchorNumbers numbers;
  private final Map<String, Set<Prefix>> byLoadBalancer = new HashMap<>();
  private final Map<Prefix, Claim> claims = new HashMap<>();
  private PrefixTable table = PrefixTable.empty();

  AnnouncedPrefixes(AnchorNumbers numbers) {
    this.numbers = numbers;
  }

  /** Puts these prefixes in the place of all earlier ones of this load balancer. */
  void put(String loadBalancer, Collection<Prefix> prefixes) {
    Set<Prefix> now = Set.copyOf(prefixes);
    Set<Prefix> before = byLoadBalancer.getOrDefault(loadBalancer, Set.of());
    Map<Prefix, Integer> changes = new HashMap<>();
    for (Prefix prefix : before) {
      if (!now.contains(prefix)) {
        claim(prefix).holders.remove(loadBalancer);
        changes.put(prefix, renumber(prefix));
      }
    }
    for (Prefix prefix : now) {
      if (!before.contains(prefix)) {
        claim(prefix).holders.add(loadBalancer);
        changes.put(prefix, renumber(prefix));
      }
    }
    byLoadBalancer.put(loadBalancer, new HashSet<>(now));
    if (!changes.isEmpty()) {
      table = table.with(changes);
    }
  }

  /** The table as it is now. */
  PrefixTable table() {
    return table;
  }

  private Claim claim(Prefix prefix) {
    return claims.computeIfAbsent(prefix, _ -> new Claim());
  }

  private int renumber(Prefix prefix) {
    Claim claim = claim(prefix);
    int before = claim.number;
    if (claim.holders.isEmpty()) {
      claims.remove(prefix);
      claim.number = PrefixTable.NONE;
    } else {
      claim.number = numbers.acquire(new Anchor.Announced(claim.holders));
    }
    if (before != PrefixTable.NONE) {
      numbers.release(before);
    }
    return claim.number;
  }

  private static final class Claim {
    private final TreeSet<String> holders = new TreeSet<>();
    private int number = PrefixTable.NONE;
  }
}
