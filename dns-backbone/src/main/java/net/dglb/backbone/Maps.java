package net.dglb.backbone;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.map.SharedMap;
import net.dglb.time.Timeline;

/**
 * The node's views of the maps that all backbone nodes share.
 *
 * @param announcements one entry for each load balancer
 * @param nodes one entry for each backbone node, with its names and addresses
 * @param labels one entry for each backbone node and place, with the labels in use there
 * @param liveness one entry for each backbone node, with whom it hears
 */
record Maps(EntryTable announcements, EntryTable nodes, EntryTable labels, EntryTable liveness) {

  private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(1);

  static Maps open(
      Supplier<MapKeys> keys,
      Function<String, SharedMap> shared,
      Function<String, Map<String, byte[]>> journal,
      Timeline timeline) {
    return new Maps(
        table("resolver-map", keys, shared, journal, timeline),
        table("backbone-nodes", keys, shared, journal, timeline),
        table("backbone-labels", keys, shared, journal, timeline),
        // What was said before a restart counts no more, so it needs no journal.
        table("backbone-liveness", keys, shared, _ -> new HashMap<>(), timeline));
  }

  private static EntryTable table(
      String name,
      Supplier<MapKeys> keys,
      Function<String, SharedMap> shared,
      Function<String, Map<String, byte[]>> journal,
      Timeline timeline) {
    return new EntryTable(
        name, new EntrySeal(name, keys), shared.apply(name), journal.apply(name), timeline);
  }

  /** Scans all maps. */
  void scan() {
    forEach(EntryTable::scan);
  }

  /** Seals anew what was sealed with a key of before. */
  void reseal() {
    forEach(EntryTable::reseal);
  }

  /** Drops now and then what expired, and seals anew what was sealed with a key of before. */
  void startExpiring(Timeline timeline) {
    timeline.every(
        EXPIRY_INTERVAL,
        EXPIRY_INTERVAL,
        () -> {
          forEach(EntryTable::expire);
          reseal();
        });
  }

  /** How many entries are sealed with a key of before. */
  int sealedBefore() {
    return announcements.sealedBefore()
        + nodes.sealedBefore()
        + labels.sealedBefore()
        + liveness.sealedBefore();
  }

  /** Values that no node of this backbone sealed, over all maps. */
  long foreignEntries() {
    return announcements.foreignEntries()
        + nodes.foreignEntries()
        + labels.foreignEntries()
        + liveness.foreignEntries();
  }

  private void forEach(Consumer<EntryTable> action) {
    action.accept(announcements);
    action.accept(nodes);
    action.accept(labels);
    action.accept(liveness);
  }
}
