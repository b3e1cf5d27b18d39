package net.dglb.backbone.duty;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What backbone nodes tell one another of labels: which are in use, and who was verified for them.
 * So a node that nobody asked for a label before its load balancer was lost knows it all the same.
 * A node's word stands until it says something else; that it says nothing removes nothing. Lives on
 * the control thread.
 */
public final class SharedLabels {

  /** The most labels that one node tells of; of further ones it says nothing. */
  public static final int MAX_LABELS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(SharedLabels.class);

  private final String self;
  private final EntryTable table;
  private Duration expiry;
  private final Timeline timeline;

  /** By place, then by the entry's key. */
  private final Map<String, Map<String, Map<LabelKey, Sighting>>> pages = new TreeMap<>();

  private final Map<String, Entry> said = new HashMap<>();

  /** What this node sees, by place. */
  private final Map<String, Map<DomainName, Sighting>> seen = new TreeMap<>();

  private final Set<LabelKey> news = new HashSet<>();
  private int count;

  private Runnable listener = () -> {};
  private boolean reported;

  /**
   * Types a table and reads what its journal kept.
   *
   * @param self this node's id
   * @param expiry how long an entry is kept that nobody renews
   */
  public SharedLabels(String self, EntryTable table, Duration expiry, Timeline timeline) {
    this.self = self;
    this.table = table;
    this.expiry = expiry;
    this.timeline = timeline;
    table.entries().forEach(this::hear);
    table.onChange(entry -> {
      hear(entry);
      if (!entry.equals(said.get(entry.key()))) {
        listener.run();
      }
    });
  }

  /** Keeps entries for this long from now on. */
  public void expiry(Duration next) {
    expiry = next;
  }

  /** Who is called when something new was said. */
  public void onChange(Runnable changed) {
    listener = changed;
  }

  /** Every label that is in use somewhere, with who was seen to hold it; some more than once. */
  void forEach(BiConsumer<LabelKey, Sighting> consumer) {
    pages.values().forEach(place -> place.values().forEach(page -> page.forEach(consumer)));
  }

  /** What this node itself said in a former life, and has not said again. */
  void forEachOfFormerLife(BiConsumer<LabelKey, Sighting> consumer) {
    for (Map<String, Map<LabelKey, Sighting>> place : pages.values()) {
      place.forEach((key, page) -> {
        if (isOwn(key)) {
          page.forEach(consumer);
        }
      });
    }
  }

  /** Whether a node saw a load balancer verified for a label, whatever became of it since. */
  boolean hasVerified(LabelKey label, String holder) {
    return anyPage(label, sighting -> sighting.hasVerified(holder));
  }

  /** Whether a load balancer is verified for a label and answers, as a node sees it. */
  boolean isAnswering(LabelKey label, String holder) {
    return anyPage(label, sighting -> sighting.answering().contains(holder));
  }

  private boolean anyPage(LabelKey label, Predicate<Sighting> test) {
    for (Map<LabelKey, Sighting> page : pages.getOrDefault(label.label(), Map.of()).values()) {
      Sighting sighting = page.get(label);
      if (sighting != null && test.test(sighting)) {
        return true;
      }
    }
    return false;
  }

  /** The labels of which something else was said since the last call. */
  Set<LabelKey> takeNews() {
    Set<LabelKey> taken = Set.copyOf(news);
    news.clear();
    return taken;
  }

  /** What was said of a load balancer counts no more until it is said again: it lost its state. */
  void forget(String holder) {
    pages.values().forEach(place -> place.values().forEach(page -> forget(page, holder)));
  }

  private void forget(Map<LabelKey, Sighting> page, String holder) {
    page.replaceAll((key, sighting) -> {
      if (sighting.hasVerified(holder)) {
        news.add(key);
      }
      return sighting.without(holder);
    });
  }

  /** What was said of a label counts no more until it is said again: the label ended. */
  void forget(LabelKey label) {
    pages.getOrDefault(label.label(), Map.of()).values().forEach(page -> page.remove(label));
  }

  /**
   * Says what this node sees now, if it has changed or must be said again not to expire.
   *
   * @param changes the labels that may be seen otherwise than the last time; empty for those that
   *     are no longer in use
   */
  void say(Map<LabelKey, Optional<Sighting>> changes) {
    Set<String> changed = new HashSet<>();
    changes.forEach((label, sighting) -> {
      if (see(label, sighting)) {
        changed.add(label.label());
      }
    });
    seen.forEach((place, page) -> say(self + '/' + place, page, changed.contains(place)));
    seen.values().removeIf(Map::isEmpty);
    ownKeys().stream()
        .filter(key -> !seen.containsKey(key.substring(self.length() + 1)))
        .forEach(key -> say(key, Map.of(), true));
  }

  /** Whether a label is seen otherwise than before. */
  private boolean see(LabelKey label, Optional<Sighting> sighting) {
    Map<DomainName, Sighting> page = seen.computeIfAbsent(label.label(), _ -> new HashMap<>());
    Sighting before = page.get(label.service());
    if (before == null && sighting.isPresent() && count >= MAX_LABELS) {
      reportOnce();
      return false;
    }
    sighting.ifPresentOrElse(
        now -> page.put(label.service(), now), () -> page.remove(label.service()));
    count += (sighting.isPresent() ? 1 : 0) - (before == null ? 0 : 1);
    return !sighting.equals(Optional.ofNullable(before));
  }

  private void reportOnce() {
    if (!reported) {
      reported = true;
      LOG.warn("more labels are in use than other backbone nodes are told of: {}", MAX_LABELS);
    }
  }

  private void say(String key, Map<DomainName, Sighting> page, boolean changed) {
    Optional<Entry> before = table.get(key);
    Entry next =
        new Entry(
            key,
            before.map(Entry::version).orElse(EntryVersion.NONE),
            page.isEmpty(),
            timeline.now().plus(expiry),
            content(key, page, changed, before));
    boolean same =
        before
            .filter(it -> it.deleted() == next.deleted() && it.content().equals(next.content()))
            .filter(it ->
                it.deleted() || it.expiresAt().isAfter(timeline.now().plus(expiry.dividedBy(2))))
            .isPresent();
    if (same) {
      said.put(key, before.orElseThrow());
      hear(before.orElseThrow());
    } else {
      offer(next);
    }
  }

  /** Written only if it is not what was said last: a page holds thousands of labels. */
  private ByteString content(
      String key, Map<DomainName, Sighting> page, boolean changed, Optional<Entry> before) {
    return before
        .filter(it -> !changed && it.equals(said.get(key)))
        .map(Entry::content)
        .orElseGet(() -> SightingPage.write(page));
  }

  /** Above whatever was said before, also by a clock that was ahead. */
  private void offer(Entry entry) {
    EntryVersion before = entry.version();
    long generation = Math.max(timeline.now().toEpochMilli(), before.generation());
    EntryVersion version = new EntryVersion(generation, before.counter() + 1);
    Entry next =
        new Entry(entry.key(), version, entry.deleted(), entry.expiresAt(), entry.content());
    said.put(entry.key(), next);
    table.offer(next);
  }

  private Collection<String> ownKeys() {
    List<String> keys = new ArrayList<>();
    for (Entry entry : table.entries()) {
      if (isOwn(entry.key()) && !entry.deleted()) {
        keys.add(entry.key());
      }
    }
    return keys;
  }

  private boolean isOwn(String key) {
    return key.startsWith(self + '/');
  }

  private void hear(Entry entry) {
    int slash = entry.key().indexOf('/');
    if (slash < 0) {
      return;
    }
    String place = entry.key().substring(slash + 1);
    Map<String, Map<LabelKey, Sighting>> known = pages.computeIfAbsent(place, _ -> new TreeMap<>());
    Map<LabelKey, Sighting> before = known.getOrDefault(entry.key(), Map.of());
    if (entry.deleted()
        || entry.expiresAt().isBefore(timeline.now())
        || entry.equals(said.get(entry.key()))) {
      known.remove(entry.key());
    } else {
      SightingPage.read(entry.content())
          .ifPresent(read -> known.put(entry.key(), page(place, read)));
    }
    Map<LabelKey, Sighting> now = known.getOrDefault(entry.key(), Map.of());
    addChanged(before, now);
    addChanged(now, before);
  }

  private void addChanged(Map<LabelKey, Sighting> page, Map<LabelKey, Sighting> other) {
    page.forEach((label, sighting) -> {
      if (!sighting.equals(other.get(label))) {
        news.add(label);
      }
    });
  }

  private static Map<LabelKey, Sighting> page(String place, Map<DomainName, Sighting> read) {
    Map<LabelKey, Sighting> page = new HashMap<>();
    read.forEach((service, sighting) -> page.put(new LabelKey(service, place), sighting));
    return page;
  }
}
