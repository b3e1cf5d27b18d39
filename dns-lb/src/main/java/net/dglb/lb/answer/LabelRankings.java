package net.dglb.lb.answer;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.decision.Basis;
import net.dglb.decision.Ranking;
import net.dglb.net.AddressFamily;

/**
 * The rankings of one label, one per family.
 *
 * @param ipv4 of the IPv4 addresses
 * @param ipv6 of the IPv6 addresses
 */
record LabelRankings(Ranking ipv4, Ranking ipv6) {

  /** An answer that rests on no measurement is kept no longer than this. */
  static final Duration LONGEST_UNMEASURED = Duration.ofSeconds(20);

  Ranking of(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }

  /** The weaker basis of the two families, of those that have addresses. */
  Basis basis() {
    return Stream.of(ipv4, ipv6)
        .filter(ranking -> !ranking.order().isEmpty())
        .map(Ranking::basis)
        .max(Basis::compareTo)
        .orElse(Basis.MEASURED);
  }

  /** Whether the answer rests on something that was measured, now or before, and is up. */
  boolean isWellFounded() {
    return basis() == Basis.MEASURED || basis() == Basis.SAVED;
  }

  /** The first few addresses of each family, best first. */
  List<InetAddress> addresses(int perFamily) {
    return Stream.of(ipv4, ipv6)
        .flatMap(ranking -> ranking.addresses().stream().limit(perFamily))
        .toList();
  }

  /** How long resolvers may keep the addresses. */
  Duration answerTtl(Duration registered) {
    return isWellFounded() || registered.compareTo(LONGEST_UNMEASURED) < 0
        ? registered
        : LONGEST_UNMEASURED;
  }
}
