package net.dglb.decision;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** What DNS answers, given a ranking and what its service asks for. Pure. */
public final class Answered {

  /** The longest that an answer may be kept which rests on no measurement. */
  public static final Duration LONGEST_UNMEASURED = Duration.ofSeconds(20);

  private static final Answers.Choice NOTHING = new Answers.Choice(List.of(), List.of());

  private Answered() {}

  /** What is answered with addresses of the ranking's family, and to whom. */
  public static Answers answers(Service service, Ranking ranking) {
    if (ranking.basis() == Basis.ALL_DOWN) {
      return Answers.all(allDown(service, ranking));
    }
    int count = service.answering().count();
    if (ranking.spread().isEmpty()) {
      return Answers.all(choice(ranking.order(), count));
    }
    Spread spread = ranking.spread().get();
    Answers.Book<Answers.Choice> book = new Answers.Book<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (Spread.Row row : spread.rows()) {
      Integer[] numbers = new Integer[row.order().size()];
      List<Integer> choices = new ArrayList<>(row.heads().size());
      for (int head : row.heads()) {
        if (numbers[head] == null) {
          numbers[head] = book.number(choice(row.withHead(head), count));
        }
        choices.add(numbers[head]);
      }
      rows.add(choices);
    }
    return new Answers(book.choices(), spread.perQuery(), spread.map(), rows);
  }

  /** Beside the best stand only those that are as healthy and that no step took out. */
  private static Answers.Choice choice(List<RankedSite> order, int count) {
    if (order.isEmpty()) {
      return NOTHING;
    }
    return choice(besideTheFirst(order).limit(count).toList());
  }

  /** The first and those that may be answered beside it. */
  static Stream<RankedSite> besideTheFirst(List<RankedSite> order) {
    return order.stream()
        .filter(it -> it.standing() == order.getFirst().standing() && !it.reason().isTakenOut());
  }

  private static Answers.Choice choice(List<RankedSite> sites) {
    return new Answers.Choice(
        sites.stream().map(RankedSite::address).toList(),
        sites.stream().map(RankedSite::siteId).toList());
  }

  private static Answers.Choice allDown(Service service, Ranking ranking) {
    List<RankedSite> order = ranking.order();
    return switch (service.allDown().answer()) {
      case LAST_GOOD -> choice(order.stream().limit(service.answering().count()).toList());
      case ALL -> choice(order.stream().limit(Site.MAX_ADDRESSES).toList());
      case FALLBACK -> fallback(service, ranking.family());
      case NONE -> NOTHING;
    };
  }

  private static Answers.Choice fallback(Service service, AddressFamily family) {
    List<InetAddress> addresses =
        service.allDown().addresses().stream()
            .filter(address -> AddressFamily.of(address) == family)
            .toList();
    return new Answers.Choice(addresses, Collections.nCopies(addresses.size(), ""));
  }

  /** How long resolvers may keep the answer that rests on these rankings, and why. */
  public static AnswerTtl ttl(Service service, List<Ranking> rankings) {
    AnswerTtl ttl = new AnswerTtl(service.ttls().answer(), AnswerTtl.Reason.CONFIGURED);
    for (Ranking ranking : rankings) {
      if (!ranking.basis().isFounded() && !ranking.order().isEmpty()) {
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
