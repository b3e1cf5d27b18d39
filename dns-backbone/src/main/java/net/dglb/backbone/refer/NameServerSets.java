package net.dglb.backbone.refer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles each name server set once, however many labels have it. */
final class NameServerSets {

  private record Key(List<Integer> holders, int ttlSeconds) {}

  private final LabelTable labels;
  private final Map<Key, NameServerSet> sets = new HashMap<>();

  NameServerSets(LabelTable labels) {
    this.labels = labels;
  }

  /** The set of these ordinals, in order. */
  NameServerSet of(List<Integer> holders, int ttlSeconds) {
    return sets.computeIfAbsent(new Key(List.copyOf(holders), ttlSeconds), this::compile);
  }

  private NameServerSet compile(Key key) {
    return new NameServerSet(key.holders.stream().map(labels::get).toList(), key.ttlSeconds);
  }
}
