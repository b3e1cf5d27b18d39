package net.dglb.mapping.convert;

import java.util.Comparator;
import net.dglb.mapping.wire.Version;

/**
 * The order of one load balancer's announcements, which it alone decides: by generation, then by
 * counter. The counter grows with each change; the generation when the load balancer cannot know
 * its last counter any more (PROTOCOL.md, Versions of announcements).
 *
 * @param generation 0 and up
 * @param counter 0 and up
 */
public record AnnouncementVersion(long generation, long counter)
    implements Comparable<AnnouncementVersion> {

  /** Below every version that is announced. */
  public static final AnnouncementVersion NONE = new AnnouncementVersion(0, 0);

  private static final Comparator<AnnouncementVersion> ORDER =
      Comparator.comparingLong(AnnouncementVersion::generation)
          .thenComparingLong(AnnouncementVersion::counter);

  /** Checks the ranges. */
  public AnnouncementVersion {
    if (generation < 0 || counter < 0) {
      throw new IllegalArgumentException(
          "version: " + generation + "." + counter + " (expected 0 and up)");
    }
  }

  /** The next one of the same generation. */
  public AnnouncementVersion next() {
    return new AnnouncementVersion(generation, Math.incrementExact(counter));
  }

  /**
   * The next one above both this, the last one known here, and the highest one stored by others: in
   * a new generation if the stored one is above, since then this side has lost its memory.
   */
  public AnnouncementVersion nextAbove(AnnouncementVersion stored) {
    return stored.isAbove(this)
        ? new AnnouncementVersion(Math.incrementExact(stored.generation), 1)
        : next();
  }

  /** Whether this one replaces the other. */
  public boolean isAbove(AnnouncementVersion other) {
    return compareTo(other) > 0;
  }

  /** As a message. */
  public Version toWire() {
    return Version.newBuilder().setGeneration(generation).setCounter(counter).build();
  }

  /** Reads a message; an absent one reads as {@link #NONE}. */
  public static AnnouncementVersion fromWire(Version version) throws MalformedMessageException {
    return new AnnouncementVersion(
        Reading.unsigned("version.generation", version.getGeneration()),
        Reading.unsigned("version.counter", version.getCounter()));
  }

  @Override
  public int compareTo(AnnouncementVersion other) {
    return ORDER.compare(this, other);
  }

  /** Both numbers with a dot between. */
  @Override
  public String toString() {
    return generation + "." + counter;
  }
}
