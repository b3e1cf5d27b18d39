package net.dglb.node;

import java.time.Duration;
import java.util.function.IntConsumer;
import net.dglb.time.Timeline;

/**
 * Bounds what the log says of things that may happen by thousands at once: the first of a moment
 * each have a line of their own, the rest have one together. Used on the timeline's thread.
 */
public final class BoundedLines {

  /** Lines of a moment. */
  static final int FEW = 20;

  static final Duration MOMENT = Duration.ofSeconds(1);

  private final Timeline timeline;
  private final IntConsumer rest;
  private int asked;

  /**
   * Nothing has happened yet.
   *
   * @param rest logs at the end of a moment how many had no line
   */
  public BoundedLines(Timeline timeline, IntConsumer rest) {
    this.timeline = timeline;
    this.rest = rest;
  }

  /** Whether what has happened now has a line of its own. */
  public boolean admits() {
    if (asked == 0) {
      timeline.after(MOMENT, this::end);
    }
    asked++;
    return asked <= FEW;
  }

  private void end() {
    int left = asked - FEW;
    asked = 0;
    if (left > 0) {
      rest.accept(left);
    }
  }
}
