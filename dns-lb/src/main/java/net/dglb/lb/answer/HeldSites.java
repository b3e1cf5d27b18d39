package net.dglb.lb.answer;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import net.dglb.decision.Basis;
import net.dglb.decision.Health;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.Reason;
import net.dglb.lb.duty.LabelName;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sites stay answered until an operator says otherwise, of services whose policy fails back
 * by hand alone: kept on disk, so that a restart fails nothing back. Used on the control thread
 * only.
 */
public final class HeldSites {

  private static final Logger LOG = LoggerFactory.getLogger(HeldSites.class);

  private final Map<String, byte[]> map;
  private final Runnable commit;

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param commit makes what was put into it durable
   */
  public HeldSites(Map<String, byte[]> map, Runnable commit) {
    this.map = map;
    this.commit = commit;
  }

  private static boolean isByHand(Service service) {
    return service.policy().scored() instanceof Policy.Failover failover && !failover.failback();
  }

  /** What a label was answered with before this process started. */
  Optional<LabelRankings> of(LabelName label, Service service) {
    if (!isByHand(service)) {
      return Optional.empty();
    }
    Ranking ipv4 = ranking(label, service, AddressFamily.IPV4);
    Ranking ipv6 = ranking(label, service, AddressFamily.IPV6);
    boolean some = ipv4.best().isPresent() || ipv6.best().isPresent();
    return some ? Optional.of(new LabelRankings(ipv4, ipv6)) : Optional.empty();
  }

  private Ranking ranking(LabelName label, Service service, AddressFamily family) {
    byte[] kept = map.get(key(label, family));
    String text = kept == null ? "" : new String(kept, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    List<RankedSite> order = List.of();
    try {
      if (space > 0) {
        order =
            List.of(
                held(text.substring(0, space), AddressLiteral.parse(text.substring(space + 1))));
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("the saved site of {} is left out: {}", label, e.getMessage());
    }
    return new Ranking(service.name(), family, order, Basis.SAVED);
  }

  private static RankedSite held(String site, InetAddress address) {
    return new RankedSite(
        site,
        address,
        Health.UNKNOWN,
        Optional.empty(),
        false,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Reason.LAST_ORDER,
        Optional.empty(),
        Optional.empty());
  }

  /** Keeps what a label is answered with now. */
  void keep(LabelName label, Service service, LabelRankings rankings) {
    if (!isByHand(service)) {
      return;
    }
    boolean changed = false;
    for (AddressFamily family : AddressFamily.values()) {
      Optional<RankedSite> best = rankings.of(family).best();
      if (best.isPresent() && rankings.of(family).basis() != Basis.UNMEASURED) {
        byte[] now =
            (best.get().siteId() + ' ' + best.get().address().getHostAddress())
                .getBytes(StandardCharsets.UTF_8);
        byte[] before = map.get(key(label, family));
        if (!Arrays.equals(now, before)) {
          map.put(key(label, family), now);
          changed = true;
        }
      }
    }
    if (changed) {
      commit.run();
    }
  }

  /** Forgets labels that are not held any more. */
  void retain(Predicate<String> isHeld) {
    for (String key : Set.copyOf(map.keySet())) {
      if (!isHeld.test(key.substring(0, key.indexOf(' ')))) {
        map.remove(key);
      }
    }
  }

  private static String key(LabelName label, AddressFamily family) {
    return label + " " + family.name();
  }
}
