package net.dglb.decision;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** What DNS answers, given a ranking and what its service asks for. Pure. */
public final class Answered {

  /** The longest that an answer may be kept which rests on no measurement. */
  public static final Duration LONGEST_UNMEASURED = Duration.ofSeconds(20);

  private Answered() {}

  /** What is answered with addresses of the ranking's family, and to whom. */
  public static Answers answers(Service service, Ranking ranking) {
    if (ranking.basis() == Basis.ALL_DOWN) {
      return Answers.all(new Answers.Choice("", allDown(service, ranking)));
    }
    int count = service.answering().count();
    if (ranking.spread().isEmpty()) {
      return Answers.all(choice(ranking.order(), count));
    }
    Spread spread = ranking.spread().get();
    Answers.Book book = new Answers.Book();
    List<List<Integer>> rows = new ArrayList<>();
    for (Spread.Row row : spread.rows()) {
      Map<Integer, Integer> byHead = new HashMap<>();
      rows.add(
          row.heads().stream()
              .map(head ->
                  byHead.computeIfAbsent(
                      head, place -> book.number(choice(row.withHead(place), count))))
              .toList());
    }
    return new Answers(book.choices(), spread.perQuery(), spread.map(), rows);
  }

  /** Beside the best stand only those that are as healthy and that no step took out. */
  private static Answers.Choice choice(List<RankedSite> order, int count) {
    if (order.isEmpty()) {
      return new Answers.Choice("", List.of());
    }
    RankedSite best = order.getFirst();
    return new Answers.Choice(
        best.siteId(),
        order.stream()
            .filter(it -> it.standing() == best.standing() && !it.reason().isTakenOut())
            .limit(count)
            .map(RankedSite::address)
            .toList());
  }

  private static List<InetAddress> allDown(Service service, Ranking ranking) {
    List<InetAddress> order = ranking.order().stream().map(RankedSite::address).toList();
    return switch (service.allDown().answer()) {
      case LAST_GOOD -> order.stream().limit(service.answering().count()).toList();
      case ALL -> order.stream().limit(Site.MAX_ADDRESSES).toList();
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
