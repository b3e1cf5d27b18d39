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
  LAST_GOOD("everything is down: the last good order goes on");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** The reason for people. */
  public String text() {
    return text;
  }
}
