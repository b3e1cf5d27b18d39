package net.dglb.lb.answer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.dglb.lb.duty.LabelName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each label was answered with in the past and by what: each change of an answer with its
 * explanation, on disk, the oldest forgotten for the newest. Bounded in octets. Used on the control
 * thread only.
 */
public final class DecisionHistory {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionHistory.class);

  /** All entries together, compressed. */
  static final int MOST_OCTETS = 8 << 20;

  /** The name under which one is kept; names grow. */
  private record Entry(String key, int octets) {}

  private record Decision(String label, Instant at) {
    boolean isOf(String asked, Instant moment) {
      return label.equals(asked) && !at.isAfter(moment);
    }
  }

  /** Stands for one that is not readable. */
  private static final Decision NONE = new Decision("", Instant.MAX);

  private final Map<String, byte[]> map;
  private final Runnable changed;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Of those that somebody asked for or that were made since the start. */
  private final Map<String, Decision> known = new HashMap<>();

  private long octets;
  private long next;

  /**
   * Takes up what is there, without reading it: a start with thousands of labels must not wait for
   * that.
   *
   * @param map durable
   * @param changed is called when there is something to be made durable
   */
  public DecisionHistory(Map<String, byte[]> map, Runnable changed) {
    this.map = map;
    this.changed = changed;
    new TreeMap<>(map)
        .forEach((key, packed) -> {
          next = Long.parseLong(key, 16) + 1;
          keep(new Entry(key, packed.length));
        });
  }

  private Optional<Decision> decision(Entry entry) {
    Decision decision = known.get(entry.key());
    if (decision == null) {
      try {
        JsonObject tree = unpack(map.getOrDefault(entry.key(), new byte[0]));
        decision = new Decision(tree.getString("label"), tree.getInstant("decided"));
      } catch (IOException | RuntimeException e) {
        LOG.warn("a past decision is not readable and is left out: {}", e.toString());
        decision = NONE;
      }
      known.put(entry.key(), decision);
    }
    return Optional.of(decision).filter(it -> !it.equals(NONE));
  }

  /** A label is answered otherwise from now on. */
  void add(LabelName label, Instant at, JsonObject explanation) {
    JsonObject tree =
        explanation.copy().put("label", label.toString()).put("decided", at.toString());
    byte[] packed = pack(tree);
    String key = "%016x".formatted(next++);
    map.put(key, packed);
    known.put(key, new Decision(label.toString(), at));
    keep(new Entry(key, packed.length));
    changed.run();
  }

  private void keep(Entry entry) {
    entries.addLast(entry);
    octets += entry.octets();
    while (octets > MOST_OCTETS) {
      Entry oldest = entries.removeFirst();
      octets -= oldest.octets();
      map.remove(oldest.key());
      known.remove(oldest.key());
    }
  }

  /** How a label was answered at a moment; empty if that is not known, or not known any more. */
  Optional<JsonObject> at(LabelName label, Instant moment) {
    for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
      Entry entry = newest.next();
      if (decision(entry).filter(it -> it.isOf(label.toString(), moment)).isPresent()) {
        try {
          return Optional.of(unpack(map.getOrDefault(entry.key(), new byte[0])));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  /** When the oldest change that is known was; empty if none is. */
  Optional<Instant> reachesBackTo() {
    return entries.stream()
        .flatMap(entry -> decision(entry).stream())
        .findFirst()
        .map(Decision::at);
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

  private static JsonObject unpack(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new JsonObject(Buffer.buffer(in.readAllBytes()));
    }
  }
}
