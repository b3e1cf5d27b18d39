package net.dglb.decision;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** What DNS answers, given a ranking and what its service asks for. Pure. */
public final class Answered {

  /** The longest that an answer may be kept which rests on no measurement. */
  public static final Duration LONGEST_UNMEASURED = Duration.ofSeconds(20);

  private Answered() {}

  /**
   * The addresses of one family, best first.
   *
   * @param most how many if a site is up, 1 and up
   */
  public static List<InetAddress> addresses(Service service, Ranking ranking, int most) {
    List<InetAddress> best = ranking.addresses().stream().limit(most).toList();
    if (ranking.basis() != Basis.ALL_DOWN) {
      return best;
    }
    return switch (service.allDown().answer()) {
      case LAST_GOOD -> best;
      case ALL -> ranking.addresses().stream().limit(Site.MAX_ADDRESSES).toList();
      case FALLBACK ->
          service.allDown().addresses().stream()
              .filter(address -> AddressFamily.of(address) == ranking.family())
              .toList();
      case NONE -> List.of();
    };
  }

  /** How long resolvers may keep the answer that rests on these rankings, and why. */
  public static AnswerTtl ttl(Service service, List<Ranking> rankings) {
    AnswerTtl ttl = new AnswerTtl(service.ttls().answer(), AnswerTtl.Reason.CONFIGURED);
    for (Ranking ranking : rankings) {
      boolean founded = ranking.basis() == Basis.MEASURED || ranking.basis() == Basis.SAVED;
      if (!founded && !ranking.order().isEmpty()) {
        ttl =
            ttl.atMost(
                LONGEST_UNMEASURED,
                ranking.basis() == Basis.ALL_DOWN
                    ? AnswerTtl.Reason.ALL_DOWN
                    : AnswerTtl.Reason.UNMEASURED);
      }
      if (ranking.isChanging()) {
        ttl = ttl.atMost(service.ttls().changing(), AnswerTtl.Reason.CHANGING);
      }
    }
    return ttl;
  }
}
