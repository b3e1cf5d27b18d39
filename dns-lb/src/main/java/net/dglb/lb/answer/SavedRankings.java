package net.dglb.lb.answer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import net.dglb.decision.AdminState;
import net.dglb.decision.Basis;
import net.dglb.decision.Health;
import net.dglb.decision.Lead;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.Reason;
import net.dglb.lb.duty.LabelName;
import net.dglb.lb.wire.SavedRankedSite;
import net.dglb.lb.wire.SavedRanking;
import net.dglb.net.AddressFamily;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each label is answered with, on disk: the order of its sites, what speaks for each rival,
 * and so which site stays answered by margin, failback delay or until an operator fails back. A
 * restart changes no answer by itself. Used on the control thread only.
 */
public final class SavedRankings {

  private static final Logger LOG = LoggerFactory.getLogger(SavedRankings.class);

  private final Map<String, byte[]> map;
  private final Runnable commit;
  private final Runnable changed;

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param commit makes what was put into it durable at once
   * @param changed has it made durable soon
   */
  public SavedRankings(Map<String, byte[]> map, Runnable commit, Runnable changed) {
    this.map = map;
    this.commit = commit;
    this.changed = changed;
  }

  /** What a label was answered with before this process started. */
  Optional<LabelRankings> of(LabelName label, Service service) {
    Ranking ipv4 = ranking(label, service, AddressFamily.IPV4);
    Ranking ipv6 = ranking(label, service, AddressFamily.IPV6);
    boolean some = ipv4.best().isPresent() || ipv6.best().isPresent();
    return some ? Optional.of(new LabelRankings(ipv4, ipv6)) : Optional.empty();
  }

  private Ranking ranking(LabelName label, Service service, AddressFamily family) {
    byte[] kept = map.get(key(label, family));
    Ranking nothing = new Ranking(service.name(), family, List.of(), Basis.SAVED);
    try {
      return kept == null ? nothing : read(SavedRanking.parseFrom(kept), service, family);
    } catch (InvalidProtocolBufferException | UnknownHostException | IllegalArgumentException e) {
      LOG.warn("the saved ranking of {} is left out: {}", label, e.getMessage());
      return nothing;
    }
  }

  private static Ranking read(SavedRanking saved, Service service, AddressFamily family)
      throws UnknownHostException {
    List<RankedSite> order = new ArrayList<>();
    for (SavedRankedSite site : saved.getOrderList()) {
      order.add(
          new RankedSite(
              site.getSite(),
              InetAddress.getByAddress(site.getAddress().toByteArray()),
              Health.valueOf(site.getHealth()),
              site.getSaid().isEmpty()
                  ? Optional.empty()
                  : Optional.of(AdminState.valueOf(site.getSaid())),
              false,
              Optional.empty(),
              false,
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              Reason.valueOf(site.getReason()),
              lead(site),
              Optional.empty()));
    }
    return new Ranking(service.name(), family, order, Basis.valueOf(saved.getBasis()));
  }

  private static Optional<Lead> lead(SavedRankedSite site) {
    return site.hasLeadShareSeconds()
        ? Optional.of(
            new Lead(
                site.getLeadShareSeconds(), Instant.ofEpochMilli(site.getLeadAsOfEpochMillis())))
        : Optional.empty();
  }

  /**
   * Keeps what a label is answered with now: at once where only an operator fails back, else soon
   * if another site is first. What speaks for rivals comes to the disk with the measurements that
   * it follows from.
   *
   * @param before what it was answered with until now
   */
  void keep(
      LabelName label, Service service, Optional<LabelRankings> before, LabelRankings rankings) {
    boolean first = false;
    for (AddressFamily family : AddressFamily.values()) {
      Ranking now = rankings.of(family);
      if (now.best().isPresent() && now.basis() != Basis.UNMEASURED) {
        byte[] octets = toWire(now).toByteArray();
        if (!Arrays.equals(octets, map.get(key(label, family)))) {
          map.put(key(label, family), octets);
          first |= !isSame(before.flatMap(it -> it.of(family).best()), now.best());
        }
      }
    }
    if (first && isByHand(service)) {
      commit.run();
    } else if (first) {
      changed.run();
    }
  }

  private static boolean isSame(Optional<RankedSite> one, Optional<RankedSite> other) {
    return one.map(RankedSite::siteId).equals(other.map(RankedSite::siteId))
        && one.map(RankedSite::address).equals(other.map(RankedSite::address));
  }

  private static boolean isByHand(Service service) {
    return service.policy().scored() instanceof Policy.Failover failover && !failover.failback();
  }

  private static SavedRanking toWire(Ranking ranking) {
    SavedRanking.Builder message = SavedRanking.newBuilder().setBasis(ranking.basis().name());
    for (RankedSite site : ranking.order()) {
      SavedRankedSite.Builder ranked =
          message
              .addOrderBuilder()
              .setSite(site.siteId())
              .setAddress(ByteString.copyFrom(site.address().getAddress()))
              .setHealth(site.health().name())
              .setReason(site.reason().name());
      site.said().ifPresent(said -> ranked.setSaid(said.name()));
      site.lead()
          .ifPresent(lead ->
              ranked
                  .setLeadShareSeconds(lead.shareSeconds())
                  .setLeadAsOfEpochMillis(lead.asOf().toEpochMilli()));
    }
    return message.build();
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
