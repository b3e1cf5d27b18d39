package net.dglb.backbone.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.time.Timeline;

/**
 * Which load balancers are live: those that this node or another one hears, or heard a moment ago.
 * Another node's word counts as long as it goes on saying it, by this node's own clock. Lives on
 * the control thread.
 */
public final class Liveness {

  /**
   * How long things count.
   *
   * @param timeout another node's word
   * @param lostAfter a load balancer that nobody hears
   * @param startGrace load balancers that were not heard since the start
   * @param longLostAfter a lost load balancer's place, counted from when it was heard last
   */
  public record Times(
      Duration timeout, Duration lostAfter, Duration startGrace, Duration longLostAfter) {}

  private record Word(EntryVersion version, Set<String> heard, long checksum, long atNanos) {}

  private final String self;
  private final EntryTable table;
  private final Times times;
  private final Timeline timeline;
  private final long startNanos;
  private final Map<String, Word> words = new TreeMap<>();
  private final Map<String, Long> lastHeard = new HashMap<>();
  private final Set<String> sessions = new TreeSet<>();
  private long generation;
  private long counter;

  /** Types a table, which needs no journal: what was said before a restart counts no more. */
  public Liveness(String self, EntryTable table, Times times, Timeline timeline) {
    this.self = self;
    this.table = table;
    this.times = times;
    this.timeline = timeline;
    this.generation = timeline.now().toEpochMilli();
    this.startNanos = timeline.nanoTime();
    table.onChange(this::hear);
  }

  /** This node's session with a load balancer began. */
  public void opened(String loadBalancer) {
    sessions.add(loadBalancer);
  }

  /** This node's session with a load balancer ended. */
  public void closed(String loadBalancer) {
    sessions.remove(loadBalancer);
    lastHeard.put(loadBalancer, timeline.nanoTime());
  }

  /** Says whom this node hears. */
  public void say(long resolverMapChecksum) {
    // A clock that was set back must not make this node speak below its own last word.
    long before = table.get(self).map(entry -> entry.version().generation()).orElse(0L);
    generation = Math.max(generation, before);
    counter = Math.max(counter, table.get(self).map(entry -> entry.version().counter()).orElse(0L));
    net.dglb.backbone.wire.Liveness word =
        net.dglb.backbone.wire.Liveness.newBuilder()
            .addAllLoadBalancers(sessions)
            .setResolverMapChecksum(resolverMapChecksum)
            .build();
    table.offer(
        new Entry(
            self,
            new EntryVersion(generation, ++counter),
            false,
            timeline.now().plus(times.timeout().multipliedBy(10)),
            word.toByteString()));
  }

  /** Remembers whom somebody hears now. Called now and then. */
  public void tick() {
    heardNow().forEach(id -> lastHeard.put(id, timeline.nanoTime()));
  }

  /**
   * Whether a load balancer is heard. One that was not heard since this node started counts from
   * the start.
   */
  public Presence presence(String loadBalancer) {
    if (sessions.contains(loadBalancer)) {
      return Presence.LIVE;
    }
    Long last = lastHeard.get(loadBalancer);
    long silentNanos = timeline.nanoTime() - (last == null ? startNanos : last);
    Duration grace = last == null ? times.startGrace() : times.lostAfter();
    if (silentNanos < grace.toNanos()) {
      return last == null ? Presence.PRESUMED : Presence.LIVE;
    }
    return silentNanos < times.longLostAfter().toNanos() ? Presence.LOST : Presence.LONG_LOST;
  }

  /** The load balancers that this node or another one hears now. */
  public Set<String> heardNow() {
    Set<String> heard = new HashSet<>(sessions);
    words.forEach((node, word) -> {
      if (isFresh(word)) {
        heard.addAll(word.heard());
      }
    });
    return heard;
  }

  /** Whether another backbone node spoke lately; this node always does. */
  public boolean isNodeHeard(String node) {
    Word word = words.get(node);
    return node.equals(self) || (word != null && isFresh(word));
  }

  /** The checksum of the resolver map at every other node that is heard, by id. */
  public Map<String, Long> checksums() {
    Map<String, Long> sums = new TreeMap<>();
    words.forEach((node, word) -> {
      if (isFresh(word)) {
        sums.put(node, word.checksum());
      }
    });
    return sums;
  }

  private boolean isFresh(Word word) {
    return timeline.nanoTime() - word.atNanos() < times.timeout().toNanos();
  }

  private void hear(Entry entry) {
    if (entry.key().equals(self) || entry.expiresAt().isBefore(timeline.now())) {
      return;
    }
    try {
      net.dglb.backbone.wire.Liveness said =
          net.dglb.backbone.wire.Liveness.parseFrom(entry.content());
      words.put(
          entry.key(),
          new Word(
              entry.version(),
              Set.copyOf(said.getLoadBalancersList()),
              said.getResolverMapChecksum(),
              timeline.nanoTime()));
    } catch (InvalidProtocolBufferException e) {
      words.remove(entry.key());
    }
  }
}
