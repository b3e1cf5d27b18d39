package net.dglb.backbone.refer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles each name server set once, however many labels have it, and keeps it while some label
 * has it. Lives on the control thread.
 */
final class NameServerSets {

  private record Key(List<Integer> holders, int ttlSeconds) {}

  private final LabelTable labels;
  private Map<Key, NameServerSet> last = new HashMap<>();
  private Map<Key, NameServerSet> next = new HashMap<>();

  NameServerSets(LabelTable labels) {
    this.labels = labels;
  }

  /** The set of these ordinals, in order. */
  NameServerSet of(List<Integer> holders, int ttlSeconds) {
    return next.computeIfAbsent(
        new Key(List.copyOf(holders), ttlSeconds),
        key -> {
          NameServerSet known = last.get(key);
          return known == null ? compile(key) : known;
        });
  }

  /** Forgets the sets that were not asked for since the last call. */
  void forgetUnused() {
    last = next;
    next = new HashMap<>();
  }

  private NameServerSet compile(Key key) {
    return new NameServerSet(key.holders.stream().map(labels::get).toList(), key.ttlSeconds);
  }
}
