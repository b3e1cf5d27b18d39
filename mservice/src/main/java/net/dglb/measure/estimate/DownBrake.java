package net.dglb.measure.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps one observer from taking most sites down at once on its own word: when nearly all seem to
 * fail together, it is more likely the observer's own connection. Belongs to the control thread.
 */
public final class DownBrake {

  private BrakeSettings settings;
  private final Deque<Instant> downs = new ArrayDeque<>();
  private long held;

  /** A brake that has not seen anything go down. */
  public DownBrake(BrakeSettings settings) {
    this.settings = settings;
  }

  /** Brakes by other settings from now on. */
  public void use(BrakeSettings next) {
    settings = next;
  }

  /**
   * Whether one more target that was up may go down now; if so, it is counted.
   *
   * @param targets how many are probed in all
   */
  boolean admits(Instant at, int targets) {
    Instant oldest = at.minus(settings.within());
    Instant latest = at.plus(settings.within()); // later ones come from before a clock was set back
    downs.removeIf(down -> down.isBefore(oldest) || down.isAfter(latest));
    if (settings.share() == 1
        || targets < settings.from()
        || downs.size() < Math.floor(settings.share() * targets)) {
      downs.addLast(at);
      return true;
    }
    held++;
    return false;
  }

  /** How often a target was kept up since the start. */
  public long held() {
    return held;
  }

  /**
   * When the brake works.
   *
   * @param share of the targets that may go down within the time, above 0 to 1; 1 never brakes
   * @param within the time, positive
   * @param from how many targets there must be for it to work at all, 1 and up
   */
  public record BrakeSettings(double share, Duration within, int from) {

    /** Half of the targets in a minute, if there are eight or more. */
    public static final BrakeSettings DEFAULT = new BrakeSettings(0.5, Duration.ofMinutes(1), 8);

    /** Never brakes. */
    public static final BrakeSettings OFF = new BrakeSettings(1, Duration.ofMinutes(1), 1);

    /** Checks the ranges. */
    public BrakeSettings {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share: " + share + " (expected above 0, up to 1)");
      }
      if (within.isNegative() || within.isZero()) {
        throw new IllegalArgumentException("within: " + within + " (expected a positive time)");
      }
      if (from < 1) {
        throw new IllegalArgumentException("from: " + from + " (expected 1 and up)");
      }
    }
  }
}
