package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.net.DomainName;
import net.dglb.node.BoundedLines;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Ttls;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of all labels in use: gives duties on demand, hears acknowledgements, and says whom
 * resolvers may be referred to. What it is told changes the world that it sees; {@link #settle}
 * then brings duties in line with it. Lives on the control thread.
 */
public final class Duties {

  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

  /** A duty without an answer is reported when it was sent so often. */
  private static final int REPORTED_ATTEMPT = 3;

  private LabelSettings settings;
  private final DutyOutbox outbox;
  private final AddressTrust trust;
  private final Timeline timeline;
  private final BoundedLines strangers;
  private final DutyJournal journal;
  private final SharedLabels shared;
  private final Map<LabelKey, Label> labels = new LinkedHashMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();
  private Map<String, LoadBalancer> loadBalancers = Map.of();
  private Map<DomainName, RegisteredService> services = Map.of();
  private Successors successors = _ -> List.of();

  /**
   * Takes up the labels of the journal where they were.
   *
   * @param shared what backbone nodes tell one another of labels
   */
  public Duties(
      LabelSettings settings,
      DutyOutbox outbox,
      AddressTrust trust,
      DutyJournal journal,
      SharedLabels shared,
      Timeline timeline) {
    this.settings = settings;
    this.outbox = outbox;
    this.trust = trust;
    this.journal = journal;
    this.shared = shared;
    this.timeline = timeline;
    strangers =
        new BoundedLines(timeline, rest -> LOG.info("and {} more that are no duties", rest));
    journal
        .restore()
        .forEach((key, holdings) -> {
          Label label = label(key);
          holdings.forEach(holding -> label.holdings().put(holding.holder(), holding));
        });
  }

  /** Gives duties by other settings from now on. */
  public void use(LabelSettings next) {
    settings = next;
  }

  /** Takes the world as it is now. */
  public void world(
      Collection<LoadBalancer> all,
      Collection<EnterpriseZone> zones,
      Successors successorsOfWithdrawn) {
    successors = successorsOfWithdrawn;
    Map<String, LoadBalancer> byId = new HashMap<>();
    all.forEach(lb -> byId.put(lb.id(), lb));
    Map<DomainName, RegisteredService> byName = new HashMap<>();
    for (EnterpriseZone zone : zones) {
      zone.services()
          .forEach(service -> byName.put(service.name(), new RegisteredService(zone, service)));
    }
    loadBalancers = byId;
    services = byName;
  }

  /**
   * A resolver asked for this label, or its load balancer wants it in advance.
   *
   * @return whether the label is new
   */
  public boolean demand(DomainName service, String loadBalancer) {
    LoadBalancer own = loadBalancers.get(loadBalancer);
    LabelKey key = new LabelKey(service, loadBalancer);
    if (own == null
        || own.isBackbone()
        || own.withdrawn()
        || !services.containsKey(service)
        || labels.containsKey(key)) {
      return false;
    }
    label(key);
    return true;
  }

  /** Load balancers that want every service before they are asked for one get it. */
  public void demandInAdvance() {
    for (LoadBalancer lb : loadBalancers.values()) {
      if (lb.inAdvance()) {
        services.keySet().forEach(service -> demand(service, lb.id()));
      }
    }
  }

  /** A session with this load balancer began: what it was told before may be lost. */
  public void connected(String holder, boolean lostItsState) {
    if (lostItsState) {
      shared.forget(holder);
    }
    for (Label label : labels.values()) {
      Holding holding = label.holdings().get(holder);
      if (holding != null) {
        holding.forgetTold();
        if (lostItsState && !holding.isLeaving()) {
          holding.become(new HolderState.Assigned());
          journal.remove(label.key(), holder);
        }
      }
    }
  }

  /**
   * A holder says that its name servers answer the label. If it is not to, it is told so: it may
   * have the duty from before this node lost its memory, or never have heard that it ended.
   */
  public void acknowledged(String holder, DomainName service, String label, long zoneVersion) {
    Label known = labels.get(new LabelKey(service, label));
    Holding holding = known == null ? null : known.holdings().get(holder);
    if (known == null || holding == null || holding.isLeaving()) {
      if (strangers.admits()) {
        LOG.info("{} acknowledged {}.{}, which is not its duty", holder, label, service);
      }
      outbox.end(holder, label, service, serveSeconds(service, holding));
      return;
    }
    holding.answered();
    holding.become(
        holding.isVerified()
            ? new HolderState.Verified(zoneVersion)
            : new HolderState.Acknowledged(zoneVersion));
    if (holding.isVerified()) {
      journal.put(known.key(), holding);
    }
  }

  /** How long resolvers may still come to one that is not named, or not any more. */
  private int serveSeconds(DomainName service, @Nullable Holding holding) {
    if (holding != null && holding.state() instanceof HolderState.Leaving leaving) {
      long rest = leaving.untilNanos() - timeline.nanoTime();
      return (int) Math.max(0, TimeUnit.NANOSECONDS.toSeconds(rest));
    }
    return Optional.ofNullable(services.get(service))
        .map(it -> Label.serveSeconds(it.service()))
        .orElse(2 * (int) Ttls.DEFAULT.referral().toSeconds());
  }

  /**
   * A load balancer leaves in order.
   *
   * @return how many seconds it must go on answering
   */
  public int withdrawn(String holder) {
    int longest = 0;
    for (Label label : labels.values()) {
      Holding holding = label.holdings().get(holder);
      RegisteredService registered = services.get(label.key().service());
      if (holding != null && registered != null) {
        int seconds = label.serveSeconds(registered);
        longest = Math.max(longest, seconds);
        leave(label, holding, seconds);
      }
    }
    return longest;
  }

  /** Brings all duties in line with the world; called after every change and now and then. */
  public void settle() {
    shared.forEach((label, _) -> demand(label.service(), label.label()));
    shared.forEachOfFormerLife(this::restore);
    List<Label> retired = new ArrayList<>();
    List<LoadBalancer> all = List.copyOf(loadBalancers.values());
    Map<String, List<String>> choices = new HashMap<>();
    for (Label label : labels.values()) {
      RegisteredService registered = services.get(label.key().service());
      LoadBalancer own = loadBalancers.get(label.key().label());
      if (registered == null || own == null || isOver(label, own, registered)) {
        retired.add(label);
        continue;
      }
      label.serveSeconds(registered);
      verify(label);
      List<String> chosen =
          choices.computeIfAbsent(
              own.id(), _ -> HolderChoice.of(own, all, settings.backups(), successors));
      chosen.forEach(label::assign);
      release(label, chosen, registered);
    }
    retired.forEach(this::retire);
    // Before a newcomer hears of its duty: the others make room for its probes.
    ProbingLoadBalancers.of(labels.values(), services).forEach(outbox::probers);
    SilentHolders silent = new SilentHolders();
    holders.clear();
    for (Label label : labels.values()) {
      holders
          .computeIfAbsent(label.key().label(), _ -> new HashSet<>())
          .addAll(label.holdings().keySet());
      order(label, silent);
    }
    silent.report(LOG, settings.dutyRetry().multipliedBy(REPORTED_ATTEMPT - 1));
  }

  /** Who serves which label now. */
  public List<ServedLabel> served() {
    List<ServedLabel> all = new ArrayList<>();
    for (Label label : labels.values()) {
      LoadBalancer own = loadBalancers.get(label.key().label());
      if (own != null) {
        List<String> named =
            label.named(own, loadBalancers, trust, shared).stream().map(LoadBalancer::id).toList();
        boolean served = label.isVerifiedFor(own.id()) || shared.hasVerified(label.key(), own.id());
        boolean measured = served && !own.withdrawn();
        all.add(new ServedLabel(label.key().service(), own.id(), measured, named));
      }
    }
    return all;
  }

  /**
   * Everybody who holds a label, in the order in which they are named; none if it is not in use.
   */
  public List<HolderView> holders(DomainName service, String id) {
    Label label = labels.get(new LabelKey(service, id));
    LoadBalancer own = loadBalancers.get(id);
    List<HolderView> all = new ArrayList<>();
    if (label != null && own != null) {
      label
          .verdicts(own, loadBalancers, trust, shared)
          .forEach(verdict -> all.add(label.view(verdict, own)));
    }
    return all;
  }

  /** Tells the other backbone nodes what this one sees, as far as it has changed. */
  public void share() {
    Map<LabelKey, Sighting> seen = new LinkedHashMap<>();
    labels.forEach((key, label) -> seen.put(key, label.sighting(trust)));
    shared.say(seen);
  }

  /** How many labels are in use. */
  public int size() {
    return labels.size();
  }

  /** Every label in use with the state of each holder, for the status tree. */
  public Map<String, Map<String, String>> describe() {
    Map<String, Map<String, String>> tree = new LinkedHashMap<>();
    labels.forEach((key, label) -> tree.put(key.toString(), label.describe()));
    return tree;
  }

  /** Duties that were sent again and again without an answer, as holder and label. */
  public List<String> unacknowledged() {
    List<String> overdue = new ArrayList<>();
    labels.forEach((key, label) ->
        label.overdue(REPORTED_ATTEMPT).forEach(holder -> overdue.add(holder + ": " + key)));
    return overdue;
  }

  /** Whether a load balancer holds labels of a place, as settled last: it needs its estimates. */
  public boolean holdsFor(String holder, String place) {
    return holders.getOrDefault(place, Set.of()).contains(holder);
  }

  private Label label(LabelKey key) {
    return labels.computeIfAbsent(key, Label::new);
  }

  /** What this node said before it lost its journal is as good as the journal. */
  private void restore(LabelKey key, Sighting seen) {
    Label label = labels.get(key);
    if (label != null) {
      Stream.concat(seen.answering().stream(), seen.silent().stream())
          .flatMap(holder -> label.restore(holder).stream())
          .forEach(holding -> journal.put(key, holding));
    }
  }

  /** A label whose load balancer withdrew ends when no resolver can know it any more. */
  private boolean isOver(Label label, LoadBalancer own, RegisteredService registered) {
    if (!own.withdrawn()) {
      label.retireAt(OptionalLong.empty());
      return false;
    }
    if (label.retiresAtNanos().isEmpty()) {
      Duration serve = Duration.ofSeconds(label.serveSeconds(registered));
      label.retireAt(OptionalLong.of(timeline.nanoTimeAfter(serve)));
    }
    return timeline.isPast(label.retiresAtNanos().getAsLong());
  }

  private void verify(Label label) {
    for (Holding holding : label.holdings().values()) {
      if (holding.state() instanceof HolderState.Acknowledged acknowledged
          && trust.isTrusted(holding.holder())) {
        holding.become(new HolderState.Verified(acknowledged.zoneVersion()));
        journal.put(label.key(), holding);
      }
    }
  }

  /** Lets go of who is not needed any more, once all who are chosen stand in for them. */
  private void release(Label label, List<String> chosen, RegisteredService registered) {
    boolean ready =
        chosen.stream().map(label.holdings()::get).allMatch(h -> h != null && h.isVerified());
    for (Holding holding : List.copyOf(label.holdings().values())) {
      if (holding.state() instanceof HolderState.Leaving leaving) {
        if (timeline.isPast(leaving.untilNanos())) {
          label.holdings().remove(holding.holder());
          journal.remove(label.key(), holding.holder());
        }
      } else if (!chosen.contains(holding.holder())
          && (ready || !holding.isVerified())
          && outbox.isConnected(holding.holder())) {
        int seconds = label.serveSeconds(registered);
        outbox.end(holding.holder(), label.key().label(), label.key().service(), seconds);
        leave(label, holding, seconds);
      }
    }
  }

  private void leave(Label label, Holding holding, int seconds) {
    if (!holding.isLeaving()) {
      Duration serve = Duration.ofSeconds(seconds);
      holding.become(new HolderState.Leaving(timeline.nanoTimeAfter(serve)));
      journal.remove(label.key(), holding.holder());
    }
  }

  private void order(Label label, SilentHolders silent) {
    LoadBalancer own = Objects.requireNonNull(loadBalancers.get(label.key().label()));
    RegisteredService registered = Objects.requireNonNull(services.get(label.key().service()));
    List<LoadBalancer> named = label.named(own, loadBalancers, trust, shared);
    long retryNanos = settings.dutyRetry().toNanos();
    for (Holding holding : label.holdings().values()) {
      if (holding.isLeaving() || !outbox.isConnected(holding.holder())) {
        continue;
      }
      LabelDuty order = DutyOrder.of(registered, own, holding.holder(), named);
      if (holding.needs(order, timeline.nanoTime(), retryNanos)) {
        outbox.order(holding.holder(), registered.zone().origin(), registered.service(), order);
        if (holding.sent(order, timeline.nanoTime()) == REPORTED_ATTEMPT
            && holding.state() instanceof HolderState.Assigned) {
          silent.add(holding.holder(), label.key());
        }
      }
    }
  }

  private void retire(Label label) {
    RegisteredService registered = services.get(label.key().service());
    int seconds = label.serveSeconds(registered);
    for (Holding holding : label.holdings().values()) {
      if (!holding.isLeaving() && outbox.isConnected(holding.holder())) {
        outbox.end(holding.holder(), label.key().label(), label.key().service(), seconds);
      }
      journal.remove(label.key(), holding.holder());
    }
    labels.remove(label.key());
    shared.forget(label.key());
  }
}
