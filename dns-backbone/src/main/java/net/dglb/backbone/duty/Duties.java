package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.backbone.announce.LoadBalancer;
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

  private LabelSettings settings;
  private final DutyOutbox outbox;
  private final AddressTrust trust;
  private final Timeline timeline;
  private final BoundedLines strangers;
  private final DutyJournal journal;
  private final SharedLabels shared;
  private final Labels labels = new Labels();
  private final DueLabels due;
  private final DutyWorld world;
  private final LabelLife life;
  private final Settlement settlement;
  private boolean othersChanged = true;
  private final Set<LabelKey> unsaid = new HashSet<>();
  private List<ServedLabel> served = List.of();
  private boolean servedChanged;

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
    due = new DueLabels(timeline);
    world = new DutyWorld(trust, outbox, settings.backups());
    life = new LabelLife(world, outbox, trust, journal, timeline);
    settlement =
        new Settlement(labels, due, world, life, outbox, trust, shared, timeline, this::changed);
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
    world.backups(next.backups());
    labels.all().forEach(this::stir);
  }

  /** Takes the world as it is now. */
  public void world(
      Collection<LoadBalancer> all,
      Collection<EnterpriseZone> zones,
      Successors successorsOfWithdrawn) {
    world.take(all, successorsOfWithdrawn);
    zones(zones);
  }

  /**
   * Takes the zones as they are now; also to be called when one is gone for a moment only: holders
   * that were told so must be told of its labels anew.
   */
  public void zones(Collection<EnterpriseZone> zones) {
    for (DomainName service : world.services().take(zones)) {
      othersChanged = true;
      labels.ofService(service).forEach(this::stir);
    }
  }

  /**
   * A resolver asked for this label, or its load balancer wants it in advance.
   *
   * @return whether the label is new
   */
  public boolean demand(DomainName service, String loadBalancer) {
    LoadBalancer own = world.loadBalancer(loadBalancer);
    LabelKey key = new LabelKey(service, loadBalancer);
    if (own == null
        || own.isBackbone()
        || own.withdrawn()
        || world.service(service) == null
        || labels.find(key) != null) {
      return false;
    }
    label(key);
    return true;
  }

  /** Load balancers that want every service before they are asked for one get it. */
  public void demandInAdvance() {
    for (LoadBalancer lb : world.loadBalancers().values()) {
      if (lb.inAdvance()) {
        world.services().names().forEach(service -> demand(service, lb.id()));
      }
    }
  }

  /** A session with this load balancer began: what it was told before may be lost. */
  public void connected(String holder, boolean lostItsState) {
    if (lostItsState) {
      shared.forget(holder);
    }
    for (Label label : labels.all()) {
      Holding holding = label.holdings().get(holder);
      if (holding != null) {
        stir(label);
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
    Label known = labels.find(new LabelKey(service, label));
    Holding holding = known == null ? null : known.holdings().get(holder);
    if (known == null || holding == null || holding.isLeaving()) {
      if (strangers.admits()) {
        LOG.info("{} acknowledged {}.{}, which is not its duty", holder, label, service);
      }
      outbox.end(holder, label, service, serveSeconds(service, holding));
      return;
    }
    if (!holding.isVerified()) {
      stir(known);
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
    return Optional.ofNullable(world.service(service))
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
    for (Label label : labels.all()) {
      Holding holding = label.holdings().get(holder);
      RegisteredService registered = world.service(label.key().service());
      if (holding != null && registered != null) {
        int seconds = label.serveSeconds(registered);
        longest = Math.max(longest, seconds);
        life.leave(label, holding, seconds);
        stir(label);
      }
    }
    return longest;
  }

  /**
   * Brings duties in line with the world; called after every change and now and then. Only those
   * labels are looked at of which something has changed or whose time has come; of thousands as
   * many as there is time for, so that nothing else waits for all of them.
   */
  public void settle() {
    lookAround();
    if (othersChanged) {
      shared.forEach((label, _) -> demand(label.service(), label.label()));
      shared.forEachOfFormerLife(this::restore);
    }
    othersChanged = false;
    for (String place : world.choose(labels.places())) {
      labels.ofPlace(place).forEach(this::stir);
    }
    due.takeDue(this::stir);
    settlement.settle(settings.dutyRetry());
  }

  /** Whether no label is left over that {@link #settle} had no time for. */
  public boolean isSettled() {
    return labels.areSettled();
  }

  /** Finds the labels of which load balancers or other nodes have changed something. */
  private void lookAround() {
    Set<String> changed = world.changed();
    if (!changed.isEmpty()) {
      othersChanged = true;
      labels.all().stream().filter(it -> it.isHeldByAny(changed)).forEach(this::stir);
    }
    for (LabelKey key : shared.takeNews()) {
      othersChanged = true;
      Optional.ofNullable(labels.find(key)).ifPresent(this::stir);
    }
  }

  /** Something about a label has changed: it is looked at when duties are settled next. */
  private void stir(Label label) {
    labels.stir(label);
    changed(label);
  }

  /** A label may be served otherwise than it was, or seen otherwise than was said. */
  private void changed(Label label) {
    label.forgetServed();
    unsaid.add(label.key());
    servedChanged = true;
  }

  /** How many labels were looked at since the start. */
  long settled() {
    return settlement.settled();
  }

  /** Who serves which label now; the same list as the last time if nothing has changed. */
  public List<ServedLabel> served() {
    lookAround();
    if (servedChanged) {
      List<ServedLabel> all = new ArrayList<>();
      for (Label label : labels.all()) {
        LoadBalancer own = world.loadBalancer(label.key().label());
        if (own != null) {
          all.add(label.served(own, world.loadBalancers(), trust, shared));
        }
      }
      served = List.copyOf(all);
      servedChanged = false;
    }
    return served;
  }

  /**
   * Everybody who holds a label, in the order in which they are named; none if it is not in use.
   */
  public List<HolderView> holders(DomainName service, String id) {
    Label label = labels.find(new LabelKey(service, id));
    LoadBalancer own = world.loadBalancer(id);
    List<HolderView> all = new ArrayList<>();
    if (label != null && own != null) {
      label
          .verdicts(own, world.loadBalancers(), trust, shared)
          .forEach(verdict -> all.add(label.view(verdict, own)));
    }
    return all;
  }

  /** Tells the other backbone nodes what this one sees, as far as it has changed. */
  public void share() {
    Map<LabelKey, Optional<Sighting>> changes = new HashMap<>();
    for (LabelKey key : unsaid) {
      changes.put(key, Optional.ofNullable(labels.find(key)).map(it -> it.sighting(trust)));
    }
    unsaid.clear();
    shared.say(changes);
  }

  /** How many labels are in use. */
  public int size() {
    return labels.all().size();
  }

  /** Every label in use with the state of each holder, for the status tree. */
  public Map<String, Map<String, String>> describe() {
    Map<String, Map<String, String>> tree = new LinkedHashMap<>();
    labels.all().forEach(label -> tree.put(label.key().toString(), label.describe()));
    return tree;
  }

  /** Duties that were sent again and again without an answer, as holder and label. */
  public List<String> unacknowledged() {
    List<String> overdue = new ArrayList<>();
    for (Label label : labels.all()) {
      label
          .overdue(Settlement.REPORTED_ATTEMPT)
          .forEach(holder -> overdue.add(holder + ": " + label.key()));
    }
    return overdue;
  }

  /** Whether a load balancer holds labels of a place, as settled last: it needs its estimates. */
  public boolean holdsFor(String holder, String place) {
    return labels.holdsFor(holder, place);
  }

  private Label label(LabelKey key) {
    Label label = labels.add(key);
    stir(label);
    return label;
  }

  /** What this node said before it lost its journal is as good as the journal. */
  private void restore(LabelKey key, Sighting seen) {
    Label label = labels.find(key);
    if (label != null) {
      Stream.concat(seen.answering().stream(), seen.silent().stream())
          .flatMap(holder -> label.restore(holder).stream())
          .forEach(holding -> journal.put(key, holding));
    }
  }
}
