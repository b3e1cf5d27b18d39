package net.dglb.node;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps what anybody can bring about from filling the log: a line at most once a minute, which says
 * how many more there were. Thread-safe.
 */
public final class SeldomLine {

  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private boolean told;
  private long lastTold;
  private long untold;

  /**
   * Begins with nothing told.
   *
   * @param nanoTime a clock that only goes forward
   */
  public SeldomLine(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Has a line written, or counts it for a later one.
   *
   * @param line writes it, with this at its end
   */
  public synchronized void tell(Consumer<String> line) {
    long now = nanoTime.getAsLong();
    if (told && now - lastTold < QUIET_NANOS) {
      untold++;
      return;
    }
    String more = untold == 0 ? "" : " (and " + untold + " more since the last such line)";
    told = true;
    lastTold = now;
    untold = 0;
    line.accept(more);
  }
}
