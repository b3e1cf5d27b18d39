package net.dglb.backbone.duty;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import net.dglb.mapping.convert.LabelDuty;

/** One load balancer's part in one label: its state, and what it was told last. */
final class Holding {

  private final String holder;
  private HolderState state;
  private Optional<LabelDuty> told = Optional.empty();
  private long toldAtNanos;
  private int attempts;

  Holding(String holder, HolderState state) {
    this.holder = holder;
    this.state = state;
  }

  String holder() {
    return holder;
  }

  HolderState state() {
    return state;
  }

  /** The state for people. */
  String stateWord() {
    return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  void become(HolderState next) {
    state = next;
  }

  boolean isVerified() {
    return state instanceof HolderState.Verified;
  }

  boolean isLeaving() {
    return state instanceof HolderState.Leaving;
  }

  /** Whether this order says something new, or the last one was not acknowledged in time. */
  boolean needs(LabelDuty order, long nowNanos, long retryNanos) {
    boolean unanswered = state instanceof HolderState.Assigned;
    return !told.equals(Optional.of(order)) || (unanswered && nowNanos - toldAtNanos >= retryNanos);
  }

  /**
   * Whether what was measured belongs to this order: it is the first one, that one again, or of
   * another form of the service. Afterwards all reports are passed on.
   */
  boolean needsEstimates(LabelDuty order) {
    return told.map(it -> it.equals(order) || it.zoneVersion() != order.zoneVersion()).orElse(true);
  }

  /**
   * When it must be looked at although nothing happens, by the timeline's {@code nanoTime}: it is
   * to be told again, or goes on answering no longer.
   */
  OptionalLong due(long retryNanos) {
    return switch (state) {
      case HolderState.Leaving leaving -> OptionalLong.of(leaving.untilNanos());
      case HolderState.Assigned _ -> OptionalLong.of(toldAtNanos + retryNanos);
      case HolderState.Acknowledged _, HolderState.Verified _ -> OptionalLong.empty();
    };
  }

  /** Remembers what was sent; returns how often the same was sent without an answer. */
  int sent(LabelDuty order, long nowNanos) {
    told = Optional.of(order);
    toldAtNanos = nowNanos;
    attempts++;
    return attempts;
  }

  /** Whether it was told so often and has not acknowledged. */
  boolean isOverdue(int times) {
    return state instanceof HolderState.Assigned && attempts >= times;
  }

  void answered() {
    attempts = 0;
  }

  /** The session ended: what was told may be lost. */
  void forgetTold() {
    told = Optional.empty();
    attempts = 0;
  }
}
