package net.dglb.measure.schedule;

import net.dglb.service.HealthCheck;

/**
 * How far the results of a target's probes have come on their way to another health. A result that
 * differs from the health so far begins a turn; enough of them in a row complete it, one of the old
 * kind calls it off. While it lasts, probes follow each other quickly, so that a death is noticed
 * soon without probing more often all the time.
 *
 * @param up the health so far; up until shown otherwise
 * @param results differing results in a row
 */
record Turn(boolean up, int results) {

  static final Turn NONE = new Turn(true, 0);

  Turn after(boolean success, HealthCheck check) {
    if (success == up) {
      return new Turn(up, 0);
    }
    int needed = success ? check.rise() : check.fall();
    return results + 1 >= needed ? new Turn(success, 0) : new Turn(up, results + 1);
  }

  boolean isUnderWay() {
    return results > 0;
  }
}
