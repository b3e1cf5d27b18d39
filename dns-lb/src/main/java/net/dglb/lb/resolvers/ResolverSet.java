package net.dglb.lb.resolvers;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.net.Prefix;

/**
 * Whom a load balancer stands beside, each list without duplicates and in a fixed order, so that
 * two equal sets compare equal.
 *
 * @param resolvers prefixes of the addresses that resolvers send their queries from
 * @param clients prefixes of the clients of those resolvers, as a client subnet option names them
 *     (RFC 7871)
 */
public record ResolverSet(List<Prefix> resolvers, List<Prefix> clients) {

  private static final Comparator<Prefix> ORDER =
      Comparator.comparing(Prefix::family).thenComparing(Prefix::toString);

  /** Sorts both lists and drops duplicates. */
  public ResolverSet {
    resolvers = resolvers.stream().distinct().sorted(ORDER).toList();
    clients = clients.stream().distinct().sorted(ORDER).toList();
  }

  /** The set with more resolver prefixes. */
  ResolverSet with(Collection<Prefix> more) {
    return new ResolverSet(Stream.concat(resolvers.stream(), more.stream()).toList(), clients);
  }
}
