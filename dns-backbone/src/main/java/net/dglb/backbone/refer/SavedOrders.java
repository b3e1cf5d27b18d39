package net.dglb.backbone.refer;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.decision.Basis;
import net.dglb.decision.Health;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.Reason;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which order sites are answered, on disk, where a node that has just started would not find
 * that by itself: a restart changes no answer. What speaks for rivals is not kept. Lives on the
 * control thread.
 */
final class SavedOrders {

  private static final Logger LOG = LoggerFactory.getLogger(SavedOrders.class);

  private static final Set<Reason> ONLY_SINCE_ANSWERED_BEFORE =
      Set.of(
          Reason.KEPT_WITHIN_MARGIN, Reason.BETTER_FOR_LONG, Reason.LAST_ORDER, Reason.LAST_GOOD);

  private final Map<String, byte[]> map;
  private final Runnable changed;

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param changed is called when there is something to be made durable
   */
  SavedOrders(Map<String, byte[]> map, Runnable changed) {
    this.map = map;
    this.changed = changed;
  }

  /** How a place was answered before the start. */
  Optional<Ranking> of(OwnPlace place, Service service, AddressFamily family) {
    byte[] kept = map.get(key(place, family));
    if (kept == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(text(kept), service, family));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("the saved order of {} is left out: {}", place, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Keeps the order of a place if another site is first now, or the first is it for another reason.
   *
   * @param before what was answered until now
   * @param always whether to keep it although the same would be found again while measurements are
   *     fresh
   */
  void keep(OwnPlace place, Optional<Ranking> before, Ranking ranking, boolean always) {
    boolean needed = always || isOnlySinceAnsweredBefore(ranking);
    boolean same =
        before
            .filter(it -> it.basis() != Basis.UNMEASURED)
            .filter(it -> first(it).equals(first(ranking)))
            .filter(it -> needed == (always || isOnlySinceAnsweredBefore(it)))
            .isPresent();
    if (same || ranking.best().isEmpty() || ranking.basis() == Basis.UNMEASURED) {
      return;
    }
    String key = key(place, ranking.family());
    if (needed) {
      map.put(key, write(ranking).getBytes(StandardCharsets.UTF_8));
      changed.run();
    } else if (map.remove(key) != null) {
      changed.run();
    }
  }

  private static boolean isOnlySinceAnsweredBefore(Ranking ranking) {
    return ranking
        .best()
        .filter(first -> ONLY_SINCE_ANSWERED_BEFORE.contains(first.reason()))
        .isPresent();
  }

  private static Optional<String> first(Ranking ranking) {
    return ranking.best().map(SavedOrders::line);
  }

  private static String line(RankedSite site) {
    return site.siteId() + " " + AddressLiteral.text(site.address());
  }

  /** The basis, then a site and an address in each line, best first. */
  private static String write(Ranking ranking) {
    return ranking.order().stream()
        .map(SavedOrders::line)
        .collect(Collectors.joining("\n", ranking.basis().name() + "\n", ""));
  }

  private static Ranking read(String text, Service service, AddressFamily family) {
    List<String> lines = text.lines().toList();
    List<RankedSite> order = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      order.add(site(line.substring(0, space), AddressLiteral.parse(line.substring(space + 1))));
    }
    return new Ranking(service.name(), family, order, Basis.valueOf(lines.getFirst()));
  }

  private static RankedSite site(String id, InetAddress address) {
    return new RankedSite(
        id,
        address,
        Health.UNKNOWN,
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Reason.LAST_ORDER,
        Optional.empty(),
        Optional.empty());
  }

  /** Forgets services that are not served any more. */
  void retain(Set<DomainName> served) {
    for (String key : Set.copyOf(map.keySet())) {
      if (!served.contains(DomainName.of(key.substring(0, key.indexOf(' '))))) {
        map.remove(key);
      }
    }
  }

  private static String text(byte[] kept) {
    return new String(kept, StandardCharsets.UTF_8);
  }

  private static String key(OwnPlace place, AddressFamily family) {
    return place + " " + family.word();
  }
}
