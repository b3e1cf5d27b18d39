package net.dglb.backbone.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

  /**
   * How long a word is kept. That it counts no more is each node's own judgement; only what nobody
   * says any more is cleared away by the wall clocks, which may be hours apart.
   */
  private static final Duration KEEP = Duration.ofDays(1);

  private record Word(EntryVersion version, Set<String> heard, long checksum, long atNanos) {}

  private static final int FORMER_AFTER = 10;

  private final String self;
  private final EntryTable table;
  private Times times;
  private final Timeline timeline;
  private final long startNanos;
  private final Map<String, Word> words = new TreeMap<>();
  private final Map<String, Long> lastHeard = new HashMap<>();

  /** When load balancers were heard last before this node started. */
  private final Map<String, Long> formerlyHeard = new HashMap<>();

  private final Map<String, byte[]> journal;
  private final Set<String> sessions = new TreeSet<>();
  private long generation;
  private long counter;

  /**
   * Types a table, which needs no journal of its own: what was said before a restart counts no
   * more.
   *
   * @param journal when load balancers were heard last, by id
   */
  public Liveness(
      String self, EntryTable table, Times times, Map<String, byte[]> journal, Timeline timeline) {
    this.self = self;
    this.table = table;
    this.times = times;
    this.timeline = timeline;
    this.generation = timeline.now().toEpochMilli();
    this.startNanos = timeline.nanoTime();
    this.journal = journal;
    journal.forEach(this::restore);
    table.onChange(this::hear);
  }

  /** Counts by other times from now on. */
  public void times(Times next) {
    times = next;
  }

  private void restore(String loadBalancer, byte[] epochMillis) {
    long heard = Long.parseLong(new String(epochMillis, StandardCharsets.US_ASCII));
    long silentMillis = Math.max(0, timeline.now().toEpochMilli() - heard);
    formerlyHeard.put(loadBalancer, startNanos - Duration.ofMillis(silentMillis).toNanos());
  }

  /**
   * Writes to the journal who is heard now, so that a restart does not make a long absence begin
   * anew. Called now and then.
   *
   * @param known the load balancers that count; what the journal holds of others is dropped
   * @return whether there is something to commit
   */
  public boolean remember(Collection<String> known) {
    byte[] now = Long.toString(timeline.now().toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
    Set<String> heard = heardNow();
    heard.retainAll(known);
    heard.forEach(id -> journal.put(id, now));
    return journal.keySet().retainAll(known) || !heard.isEmpty();
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
            timeline.now().plus(KEEP),
            word.toByteString()));
  }

  /** Remembers whom somebody hears now. Called now and then. */
  public void tick() {
    heardNow().forEach(id -> lastHeard.put(id, timeline.nanoTime()));
  }

  /**
   * Whether a load balancer is heard. One that was not heard since this node started is presumed to
   * live for a moment; its absence counts from when it was heard last, or from the start if that is
   * not known.
   */
  public Presence presence(String loadBalancer) {
    if (sessions.contains(loadBalancer)) {
      return Presence.LIVE;
    }
    long now = timeline.nanoTime();
    Long last = lastHeard.get(loadBalancer);
    if (last == null && now - startNanos < times.startGrace().toNanos()) {
      return Presence.PRESUMED;
    }
    if (last != null && now - last < times.lostAfter().toNanos()) {
      return Presence.LIVE;
    }
    long since = last != null ? last : formerlyHeard.getOrDefault(loadBalancer, startNanos);
    return now - since < times.longLostAfter().toNanos() ? Presence.LOST : Presence.LONG_LOST;
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

  /** The last word of a node that may be dead since: it counts once the node says another one. */
  private boolean isFormer(Entry entry) {
    Instant said = entry.expiresAt().minus(KEEP);
    return !words.containsKey(entry.key())
        && said.plus(times.timeout().multipliedBy(FORMER_AFTER)).isBefore(timeline.now());
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
              isFormer(entry)
                  ? timeline.nanoTime() - times.timeout().toNanos()
                  : timeline.nanoTime()));
    } catch (InvalidProtocolBufferException e) {
      words.remove(entry.key());
    }
  }
}
