package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Takes a label from one state to the next: gives it its holders, believes those that were seen to
 * answer, lets go of those that are not needed any more, and ends it. Lives on the control thread.
 */
final class LabelLife {

  private final DutyWorld world;
  private final DutyOutbox outbox;
  private final AddressTrust trust;
  private final DutyJournal journal;
  private final Timeline timeline;

  LabelLife(
      DutyWorld world,
      DutyOutbox outbox,
      AddressTrust trust,
      DutyJournal journal,
      Timeline timeline) {
    this.world = world;
    this.outbox = outbox;
    this.trust = trust;
    this.journal = journal;
    this.timeline = timeline;
  }

  /** Brings a label in line with the world; false if it has ended with that. */
  boolean settle(Label label) {
    RegisteredService registered = world.service(label.key().service());
    LoadBalancer own = world.loadBalancer(label.key().label());
    if (registered == null || own == null || isOver(label, own, registered)) {
      retire(label, registered);
      return false;
    }
    label.serveSeconds(registered);
    verify(label);
    List<String> chosen = world.chosen(own.id());
    chosen.forEach(label::assign);
    release(label, chosen, registered);
    return true;
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

  /** Has a holder go on for some seconds only, if it does not leave already. */
  void leave(Label label, Holding holding, int seconds) {
    if (!holding.isLeaving()) {
      Duration serve = Duration.ofSeconds(seconds);
      holding.become(new HolderState.Leaving(timeline.nanoTimeAfter(serve)));
      journal.remove(label.key(), holding.holder());
    }
  }

  private void retire(Label label, @Nullable RegisteredService registered) {
    int seconds = label.serveSeconds(registered);
    for (Holding holding : label.holdings().values()) {
      if (!holding.isLeaving() && outbox.isConnected(holding.holder())) {
        outbox.end(holding.holder(), label.key().label(), label.key().service(), seconds);
      }
      journal.remove(label.key(), holding.holder());
    }
  }
}
