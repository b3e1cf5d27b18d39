package net.dglb.explain;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was answered in the past and by what: each change of an answer with its explanation, on
 * disk, the oldest forgotten for the newest. Bounded in octets. Used on the control thread only.
 */
public final class DecisionHistory {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionHistory.class);

  /** All entries together, compressed. */
  static final int MOST_OCTETS = 8 << 20;

  private static final String DECIDED = "decided";
  private static final int DIGITS = 16;

  /** The key under which one is kept: a number that grows, and what is answered. */
  private record Entry(String key, int octets) {
    String subject() {
      return key.substring(DIGITS + 1);
    }
  }

  private final Map<String, byte[]> map;
  private final Runnable changed;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Map<String, Integer> perSubject = new HashMap<>();

  /** When those were decided that somebody asked for or that were made since the start. */
  private final Map<String, Instant> decided = new HashMap<>();

  private long octets;
  private long next;

  /**
   * Takes up what is there, without reading it: a start with thousands of answers must not wait for
   * that.
   *
   * @param map durable
   * @param changed is called when there is something to be made durable
   */
  public DecisionHistory(Map<String, byte[]> map, Runnable changed) {
    this.map = map;
    this.changed = changed;
    new TreeMap<>(map).forEach(this::takeUp);
  }

  private void takeUp(String key, byte[] packed) {
    if (key.length() <= DIGITS) {
      // Of a build that did not say in the key what is answered.
      map.remove(key);
      return;
    }
    next = Long.parseLong(key.substring(0, DIGITS), 16) + 1;
    keep(new Entry(key, packed.length));
  }

  /**
   * Something is answered otherwise from now on.
   *
   * @param subject what is answered, and to whom
   */
  public void add(String subject, Instant when, JsonObject explanation) {
    Instant at = when.truncatedTo(ChronoUnit.MILLIS);
    byte[] packed = pack(explanation.copy().put(DECIDED, at.toString()));
    String key = "%016x %s".formatted(next++, subject);
    map.put(key, packed);
    decided.put(key, at);
    keep(new Entry(key, packed.length));
    changed.run();
  }

  private void keep(Entry entry) {
    entries.addLast(entry);
    perSubject.merge(entry.subject(), 1, Integer::sum);
    octets += entry.octets();
    while (octets > MOST_OCTETS) {
      forget(entries.removeFirst());
    }
  }

  private void forget(Entry oldest) {
    octets -= oldest.octets();
    perSubject.computeIfPresent(oldest.subject(), (_, count) -> count == 1 ? null : count - 1);
    map.remove(oldest.key());
    decided.remove(oldest.key());
  }

  /** Whether anything is known of how this was answered. */
  public boolean knows(String subject) {
    return perSubject.containsKey(subject);
  }

  /** How this was answered at a moment; empty if that is not known, or not known any more. */
  public Optional<JsonObject> at(String subject, Instant moment) {
    if (knows(subject)) {
      for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
        Entry entry = newest.next();
        if (entry.subject().equals(subject) && !decided(entry).isAfter(moment)) {
          return Optional.of(unpack(entry));
        }
      }
    }
    return Optional.empty();
  }

  /** When the oldest change that is known was; empty if none is. */
  public Optional<Instant> reachesBackTo() {
    return entries.stream().map(this::decided).filter(it -> it.isBefore(Instant.MAX)).findFirst();
  }

  /** In the end of all time if it cannot be read. */
  private Instant decided(Entry entry) {
    return decided.computeIfAbsent(
        entry.key(),
        _ -> {
          try {
            return unpack(entry).getInstant(DECIDED);
          } catch (RuntimeException e) {
            LOG.warn("a past decision is not readable and is left out: {}", e.toString());
            return Instant.MAX;
          }
        });
  }

  private static byte[] pack(JsonObject tree) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(tree.toBuffer().getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return packed.toByteArray();
  }

  private JsonObject unpack(Entry entry) {
    byte[] packed = map.getOrDefault(entry.key(), new byte[0]);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new JsonObject(Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("not readable: " + entry.key(), e);
    }
  }
}
