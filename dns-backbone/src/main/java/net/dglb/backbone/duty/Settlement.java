package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings those labels in line with the world that are to be looked at, and sends the orders that
 * follow; of thousands as many as there is time for, so that nothing else waits for all of them.
 * Lives on the control thread.
 */
final class Settlement {

  /** A duty without an answer is reported when it was sent so often. */
  static final int REPORTED_ATTEMPT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** So many before a look at the time. */
  private static final int AT_A_TIME = 100;

  private final Labels labels;
  private final DueLabels due;
  private final DutyWorld world;
  private final LabelLife life;
  private final DutyOutbox outbox;
  private final AddressTrust trust;
  private final SharedLabels shared;
  private final Timeline timeline;
  private final Consumer<Label> changed;
  private long settled;

  /**
   * Nothing is settled yet.
   *
   * @param changed is given each label that was looked at: it may be served or seen otherwise now
   */
  Settlement(
      Labels labels,
      DueLabels due,
      DutyWorld world,
      LabelLife life,
      DutyOutbox outbox,
      AddressTrust trust,
      SharedLabels shared,
      Timeline timeline,
      Consumer<Label> changed) {
    this.changed = changed;
    this.labels = labels;
    this.due = due;
    this.world = world;
    this.life = life;
    this.outbox = outbox;
    this.trust = trust;
    this.shared = shared;
    this.timeline = timeline;
  }

  /**
   * Settles some of the labels at least, all if there is time.
   *
   * @param retry after how long an order is sent again that was not answered
   */
  void settle(Duration retry) {
    long until = timeline.nanoTimeAfter(AT_ONCE);
    SilentHolders silent = new SilentHolders();
    do {
      List<Label> some = labels.takeStirred(AT_A_TIME);
      boolean done = false;
      try {
        settle(some, retry, silent);
        done = true;
      } finally {
        if (!done) {
          some.stream().filter(labels::contains).forEach(labels::stir);
        }
      }
    } while (!labels.areSettled() && !timeline.isPast(until));
    silent.report(LOG, retry.multipliedBy(REPORTED_ATTEMPT - 1));
  }

  private void settle(List<Label> some, Duration retry, SilentHolders silent) {
    some.forEach(this::settle);
    // Before a newcomer hears of its duty: the others make room for its probes.
    ProbingLoadBalancers.of(besides(some), world.services()).forEach(outbox::probers);
    some.stream().filter(labels::contains).forEach(it -> order(it, retry.toNanos(), silent));
  }

  private void settle(Label label) {
    settled++;
    boolean inUse = life.settle(label);
    changed.accept(label);
    if (inUse) {
      labels.count(label);
    } else {
      labels.remove(label);
      due.set(label, OptionalLong.empty());
      shared.forget(label.key());
    }
  }

  /** All labels of the services of some. */
  private List<Label> besides(List<Label> some) {
    return some.stream()
        .map(it -> it.key().service())
        .distinct()
        .flatMap(service -> labels.ofService(service).stream())
        .toList();
  }

  private void order(Label label, long retryNanos, SilentHolders silent) {
    LoadBalancer own = Objects.requireNonNull(world.loadBalancer(label.key().label()));
    RegisteredService registered = Objects.requireNonNull(world.service(label.key().service()));
    List<String> named = label.served(own, world.loadBalancers(), trust, shared).holders();
    for (Holding holding : label.holdings().values()) {
      if (holding.isLeaving() || !outbox.isConnected(holding.holder())) {
        continue;
      }
      LabelDuty order = DutyOrder.of(registered, own, holding.holder(), named);
      if (holding.needs(order, timeline.nanoTime(), retryNanos)) {
        outbox.order(holding.holder(), registered.origin(), registered.service(), order);
        if (order.backup() && holding.needsEstimates(order)) {
          outbox.estimates(holding.holder(), own.id(), registered.service());
        }
        if (holding.sent(order, timeline.nanoTime()) == REPORTED_ATTEMPT
            && holding.state() instanceof HolderState.Assigned) {
          silent.add(holding.holder(), label.key());
        }
      }
    }
    due.set(label, label.due(outbox::isConnected, retryNanos));
  }

  /** How many labels were looked at since the start. */
  long settled() {
    return settled;
  }
}
