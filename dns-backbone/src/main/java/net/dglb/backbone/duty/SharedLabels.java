package net.dglb.backbone.duty;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What those entries hold, by their keys. */
  private final Map<String, Map<DomainName, Sighting>> pagesSaid = new HashMap<>();

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

  /** What was said of a load balancer counts no more until it is said again: it lost its state. */
  void forget(String holder) {
    pages
        .values()
        .forEach(place ->
            place
                .values()
                .forEach(page -> page.replaceAll((_, sighting) -> sighting.without(holder))));
  }

  /** What was said of a label counts no more until it is said again: the label ended. */
  void forget(LabelKey label) {
    pages.getOrDefault(label.label(), Map.of()).values().forEach(page -> page.remove(label));
  }

  /** Says what this node sees now, if it has changed or must be said again not to expire. */
  void say(Map<LabelKey, Sighting> sightings) {
    Map<String, Map<DomainName, Sighting>> byPlace = new TreeMap<>();
    int count = 0;
    for (Map.Entry<LabelKey, Sighting> seen : sightings.entrySet()) {
      if (count++ < MAX_LABELS) {
        byPlace
            .computeIfAbsent(seen.getKey().label(), _ -> new HashMap<>())
            .put(seen.getKey().service(), seen.getValue());
      }
    }
    if (count > MAX_LABELS && !reported) {
      reported = true;
      LOG.warn(
          "{} labels are in use; other backbone nodes are told of {} of them", count, MAX_LABELS);
    }
    byPlace.forEach((place, page) -> say(self + '/' + place, page));
    ownKeys().stream()
        .filter(key -> !byPlace.containsKey(key.substring(self.length() + 1)))
        .forEach(key -> say(key, Map.of()));
  }

  private void say(String key, Map<DomainName, Sighting> page) {
    Optional<Entry> before = table.get(key);
    Entry next =
        new Entry(
            key,
            before.map(Entry::version).orElse(EntryVersion.NONE),
            page.isEmpty(),
            timeline.now().plus(expiry),
            content(key, page, before));
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
  private ByteString content(String key, Map<DomainName, Sighting> page, Optional<Entry> before) {
    Map<DomainName, Sighting> last = pagesSaid.put(key, page);
    return before
        .filter(it -> it.equals(said.get(key)) && page.equals(last))
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
    if (entry.deleted()
        || entry.expiresAt().isBefore(timeline.now())
        || entry.equals(said.get(entry.key()))) {
      known.remove(entry.key());
    } else {
      SightingPage.read(entry.content())
          .ifPresent(read -> known.put(entry.key(), page(place, read)));
    }
  }

  private static Map<LabelKey, Sighting> page(String place, Map<DomainName, Sighting> read) {
    Map<LabelKey, Sighting> page = new HashMap<>();
    read.forEach((service, sighting) -> page.put(new LabelKey(service, place), sighting));
    return page;
  }
}
