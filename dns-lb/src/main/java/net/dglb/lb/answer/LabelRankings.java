package net.dglb.lb.answer;

import java.util.List;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answered;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.decision.Ranking;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;

/**
 * The rankings of one label, one per family.
 *
 * @param ipv4 of the IPv4 addresses
 * @param ipv6 of the IPv6 addresses
 * @param ipv4CompletedAt ids of the places at which IPv6 stood in for IPv4
 * @param ipv6CompletedAt the same the other way round
 */
record LabelRankings(
    Ranking ipv4, Ranking ipv6, List<String> ipv4CompletedAt, List<String> ipv6CompletedAt) {

  /** Rankings of which that is not known. */
  LabelRankings(Ranking ipv4, Ranking ipv6) {
    this(ipv4, ipv6, List.of(), List.of());
  }

  /** Where the other family stood in for one. */
  List<String> completedAt(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4CompletedAt : ipv6CompletedAt;
  }

  Ranking of(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }

  /** The weaker basis of the two families, of those that have addresses. */
  Basis basis() {
    Basis one = basis(AddressFamily.IPV4);
    Basis other = basis(AddressFamily.IPV6);
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Of a family; the best one if that has no addresses. */
  Basis basis(AddressFamily family) {
    return of(family).order().isEmpty() ? Basis.MEASURED : of(family).basis();
  }

  /** Whether the answer rests on something that was measured, now or before, and is up. */
  boolean isWellFounded() {
    return basis().isFounded();
  }

  /** What is answered with addresses of a family, and to whom. */
  Answers answers(Service service, AddressFamily family) {
    return Answered.answers(service, of(family));
  }

  /** How long resolvers may keep the addresses. */
  AnswerTtl answerTtl(Service service) {
    return Answered.ttl(service, List.of(ipv4, ipv6));
  }
}
