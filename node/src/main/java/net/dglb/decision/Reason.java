package net.dglb.decision;

/** Why a candidate stands where it stands. */
public enum Reason {
  LOWEST_SCORE("lowest score"),
  BETTER_FOR_LONG("better than the one answered before by enough and for long enough"),
  KEPT_WITHIN_MARGIN("answered before, and no rival is better by more than the margin"),
  WITHIN_MARGIN("lower score than the first, but not by more than the margin"),
  HIGHER_SCORE("score not lower than that of the one before it"),
  UNKNOWN_HEALTH("not yet known to be up"),
  LAST_ORDER("no fresh measurement: the last known order goes on"),
  NEAREST("not measured: by distance"),
  CONFIGURED_ORDER("not measured, no location: by configured order"),
  DRAINED("drained by an operator: only while no other is up"),
  DOWN("down"),
  TAKEN_OUT("taken out by an operator"),
  BEYOND_THE_BOUND("too far from the best for a step of the policy"),
  NOT_AMONG_THE_FIRST("not among the first with whom a step of the policy goes on"),
  SET_FOR_THE_PREFIX("set for whoever asks from there"),
  OTHERS_ARE_SET("others are set for whoever asks from there"),
  ITS_SHARE("its share or its turn by the policy"),
  LAST_GOOD("everything is down: the last good order goes on"),
  ALL_ARE_ANSWERED("everything is down: the addresses of all sites are answered"),
  OTHERS_ARE_ANSWERED("down, as everything is: the fallback addresses are answered"),
  NOTHING_IS_ANSWERED("down, as everything is: no address is answered");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Whether a step of the policy took it out: it is not answered beside others. */
  boolean isTakenOut() {
    return this == BEYOND_THE_BOUND || this == NOT_AMONG_THE_FIRST || this == OTHERS_ARE_SET;
  }

  /** Whether it stands behind the first by its score. */
  boolean isByScore() {
    return this == WITHIN_MARGIN || this == HIGHER_SCORE;
  }

  /** The reason for people. */
  public String text() {
    return text;
  }
}
