package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's own view of a shared map, which decides what is true: the journal fills it at the
 * start, offers and scans add and supersede, and only expiry removes. What the shared map lacks, or
 * holds in an older version, is put back. Lives on the control thread.
 */
public final class EntryTable {

  private static final Logger LOG = LoggerFactory.getLogger(EntryTable.class);
  private static final int MOST_REMEMBERED_STRANGERS = 1000;

  private final String name;
  private final EntrySeal seal;
  private final SharedMap shared;
  private final Map<String, byte[]> journal;
  private final Timeline timeline;
  private final TreeMap<String, SealedValue> values = new TreeMap<>();
  private final Set<String> strangers = new HashSet<>();
  private Consumer<Entry> listener = entry -> {};
  private long foreignEntries;

  /**
   * Fills the table from the journal.
   *
   * @param name the map's name, for the log
   * @param journal what outlives the process; entries are written through
   */
  public EntryTable(
      String name,
      EntrySeal seal,
      SharedMap shared,
      Map<String, byte[]> journal,
      Timeline timeline) {
    this.name = name;
    this.seal = seal;
    this.shared = shared;
    this.journal = journal;
    this.timeline = timeline;
    Map.copyOf(journal).forEach((key, bytes) -> restore(key, ByteString.copyFrom(bytes)));
    shared.onHint(this::scan);
  }

  /** Who hears of each entry that is new, superseded or (as itself) expired. */
  public void onChange(Consumer<Entry> listener) {
    this.listener = listener;
  }

  /**
   * Stores an entry of this node's own or of a session, and shares it.
   *
   * @return false if a newer one is stored already; nothing changes then
   */
  public boolean offer(Entry entry) {
    SealedValue value = seal.seal(entry);
    SealedValue present = values.get(entry.key());
    if (present != null && !value.supersedes(present)) {
      return value.bytes().equals(present.bytes());
    }
    store(value);
    shared.put(entry.key(), value.bytes());
    return true;
  }

  /** The entry of a key, tombstones included. */
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(values.get(key)).map(SealedValue::entry);
  }

  /** All entries, tombstones included, by key. */
  public Collection<Entry> entries() {
    return values.values().stream().map(SealedValue::entry).toList();
  }

  /** Reads the whole shared map soon, and repairs it from this table. */
  public void scan() {
    shared.scan(this::merge);
  }

  /** Drops what has expired. Called now and then. */
  public void expire() {
    Instant now = timeline.now();
    for (SealedValue value : values.values().toArray(SealedValue[]::new)) {
      if (value.entry().expiresAt().isBefore(now)) {
        values.remove(value.entry().key());
        journal.remove(value.entry().key());
        listener.accept(value.entry());
      }
    }
  }

  /**
   * Seals anew what was sealed with a key of before, so that that one may go. A little later an
   * expiry makes it the newer of the two everywhere.
   */
  public void reseal() {
    for (SealedValue value : byPrevious()) {
      Entry entry = value.entry();
      offer(
          new Entry(
              entry.key(),
              entry.version(),
              entry.deleted(),
              entry.expiresAt().plusMillis(1),
              entry.content()));
    }
  }

  /** How many entries are sealed with a key of before. */
  public int sealedBefore() {
    return byPrevious().size();
  }

  private List<SealedValue> byPrevious() {
    return values.values().stream().filter(seal::isByPrevious).toList();
  }

  /** CRC-32C of keys and values: equal on nodes that agree. */
  public long checksum() {
    CRC32C sum = new CRC32C();
    values.forEach((key, value) -> sum.update(value.bytes().asReadOnlyByteBuffer()));
    return sum.getValue();
  }

  /** How many different values with a bad seal were seen in the shared map. */
  public long foreignEntries() {
    return foreignEntries;
  }

  private void merge(Map<String, ByteString> found) {
    found.forEach((key, bytes) -> accept(key, bytes));
    values.forEach((key, value) -> {
      if (!value.bytes().equals(found.get(key)) && !expired(value)) {
        shared.put(key, value.bytes());
      }
    });
  }

  private void accept(String key, ByteString bytes) {
    SealedValue present = values.get(key);
    if (present != null && present.bytes().equals(bytes)) {
      return;
    }
    try {
      SealedValue value = seal.open(key, bytes);
      if (!expired(value) && (present == null || value.supersedes(present))) {
        store(value);
      }
    } catch (BadSealException e) {
      reportOnce(key, bytes, e);
    }
  }

  private void store(SealedValue value) {
    values.put(value.entry().key(), value);
    journal.put(value.entry().key(), value.bytes().toByteArray());
    listener.accept(value.entry());
  }

  private void restore(String key, ByteString bytes) {
    try {
      SealedValue value = seal.open(key, bytes);
      if (!expired(value)) {
        values.put(key, value);
      }
    } catch (BadSealException e) {
      reportOnce(key, bytes, e);
    }
  }

  private boolean expired(SealedValue value) {
    return value.entry().expiresAt().isBefore(timeline.now());
  }

  private void reportOnce(String key, ByteString bytes, BadSealException problem) {
    if (strangers.size() < MOST_REMEMBERED_STRANGERS
        && strangers.add(key + '/' + bytes.hashCode())) {
      foreignEntries++;
      LOG.warn(
          "{}/{} is ignored: {} (expected an entry of this backbone; see map.key and who reaches"
              + " the cluster port)",
          name,
          key,
          problem.getMessage());
    }
  }
}
