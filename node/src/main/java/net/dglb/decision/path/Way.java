package net.dglb.decision.path;

import net.dglb.net.Location;

/**
 * What geography says of a path.
 *
 * @param kilometres along the great circle
 */
record Way(double kilometres) {

  static final double OFFSET_MILLIS = 25;
  private static final double MILLIS_PER_KILOMETRE = 0.01;

  /** A way this long leads out of a city by two thirds. */
  private static final double CITY_KILOMETRES = 50;

  static Way between(Location one, Location other) {
    return new Way(one.kilometresTo(other));
  }

  /** What no path can take less than. */
  double floorMillis() {
    return MILLIS_PER_KILOMETRE * kilometres;
  }

  /** What it takes with the offset, if nothing else is known. */
  double baseMillis() {
    return OFFSET_MILLIS + floorMillis();
  }

  /**
   * How far it leads out of the city that it begins in, 0 to 1: what is good or bad about a city's
   * connections matters little within it.
   */
  double outward() {
    return -Math.expm1(-kilometres / CITY_KILOMETRES);
  }
}
