package net.dglb.decision;

/**
 * A part of a candidate's number by its policy.
 *
 * @param measure what counts
 * @param value as it was taken, in the measure's unit
 * @param weight what one unit is worth
 */
public record Term(Measure measure, double value, double weight) {

  /** What counts. */
  public enum Measure {
    /** The score of the estimate: latency in milliseconds, with losses where the policy says so. */
    LATENCY("latency", "ms"),
    KILOMETRES("distance", "km"),
    COST("cost", ""),
    LOAD("load", ""),
    PLACE_IN_ORDER("place in the order", "");

    private final String text;
    private final String unit;

    Measure(String text, String unit) {
      this.text = text;
      this.unit = unit;
    }

    /** The measure for people. */
    public String text() {
      return text;
    }

    /** Its unit for people; empty if it has none. */
    public String unit() {
      return unit;
    }
  }

  /** What it adds to the number. */
  public double contribution() {
    return value * weight;
  }
}
