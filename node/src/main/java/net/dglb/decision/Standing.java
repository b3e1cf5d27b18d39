package net.dglb.decision;

import java.util.Optional;

/** Where a candidate belongs before any policy counts, best first: its health and its operator. */
enum Standing {
  UP,
  UNKNOWN,
  DRAINED,
  DOWN,
  TAKEN_OUT;

  static Standing of(Health health, Optional<AdminState> said) {
    if (said.isEmpty()) {
      return of(health);
    }
    return switch (said.get()) {
      case UP -> UP;
      case DOWN -> TAKEN_OUT;
      case DRAIN -> health == Health.DOWN ? DOWN : DRAINED;
    };
  }

  private static Standing of(Health health) {
    return switch (health) {
      case UP -> UP;
      case UNKNOWN -> UNKNOWN;
      case DOWN -> DOWN;
    };
  }

  /** Whether it is answered only for want of anything better. */
  boolean isOut() {
    return this == DOWN || this == TAKEN_OUT;
  }
}
