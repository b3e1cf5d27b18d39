package net.dglb.backbone.registry.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.dglb.net.Endpoint;

/**
 * How this node takes part in the log.
 *
 * @param self this node's id
 * @param folder where the log and its snapshots are kept
 * @param listen where the other voters reach this node; empty in a group of one
 * @param voters where each voter is reached, by id; this node is among them. They found the log;
 *     who votes later is written in the log itself
 * @param join whether this node waits to be let into a log that runs, instead of founding one
 * @param patience how long a command may wait for a majority
 * @param electionTimeout a leader that is silent for this long to twice as long is replaced
 */
public record LogSettings(
    String self,
    Path folder,
    Optional<Endpoint> listen,
    SortedMap<String, Endpoint> voters,
    boolean join,
    Duration patience,
    Duration electionTimeout) {

  /** Copies the map and checks that a group of several can be reached. */
  public LogSettings {
    voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
    if (!voters.isEmpty() && !voters.containsKey(self)) {
      throw new IllegalArgumentException(
          "voters: " + voters.keySet() + " (expected: this node, " + self + ", among them)");
    }
    if ((voters.size() > 1 || join) && listen.isEmpty()) {
      throw new IllegalArgumentException("listen: missing (expected: an address for the voters)");
    }
  }

  /**
   * A node that decides alone and needs no network for it.
   *
   * @param endpoint where others would reach it if it were given company later
   */
  public static LogSettings alone(String self, Endpoint endpoint, Path folder, Duration patience) {
    return new LogSettings(
        self,
        folder,
        Optional.empty(),
        new TreeMap<>(Map.of(self, endpoint)),
        false,
        patience,
        Duration.ofMillis(500));
  }

  /** Another configuration of the same node, whose log stays where it is. */
  LogSettings with(LogSettings other) {
    return new LogSettings(
        self,
        folder,
        other.listen,
        other.voters,
        other.join,
        other.patience,
        other.electionTimeout);
  }

  /** Whether the log runs alike by both. */
  boolean isLike(LogSettings other) {
    return (isAlone() && other.isAlone())
        || (listen.equals(other.listen)
            && voters.equals(other.voters)
            && join == other.join
            && electionTimeout.equals(other.electionTimeout));
  }

  /** Whether this node listens for nobody. */
  public boolean isAlone() {
    return listen.isEmpty();
  }
}
