package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The labels in use, also by place and by service, and which of them are to be looked at since
 * something about them has changed. Lives on the control thread.
 */
final class Labels {

  private final Map<LabelKey, Label> all = new LinkedHashMap<>();
  private final Map<String, Set<Label>> byPlace = new HashMap<>();
  private final Map<DomainName, Set<Label>> byService = new HashMap<>();

  /** How many labels of a place each load balancer holds. */
  private final Map<String, Map<String, Integer>> held = new HashMap<>();

  private final SequencedSet<Label> stirred = new LinkedHashSet<>();

  Collection<Label> all() {
    return all.values();
  }

  @Nullable Label find(LabelKey key) {
    return all.get(key);
  }

  /** Whether a label has not been removed. */
  boolean contains(Label label) {
    return label.equals(all.get(label.key()));
  }

  Label add(LabelKey key) {
    Label label = new Label(key);
    all.put(key, label);
    byPlace.computeIfAbsent(key.label(), _ -> new LinkedHashSet<>()).add(label);
    byService.computeIfAbsent(key.service(), _ -> new LinkedHashSet<>()).add(label);
    return label;
  }

  void remove(Label label) {
    LabelKey key = label.key();
    all.remove(key);
    remove(byPlace, key.label(), label);
    remove(byService, key.service(), label);
    count(key.label(), label.counted(Set.of()), -1);
  }

  private static <K> void remove(Map<K, Set<Label>> index, K key, Label label) {
    index.computeIfPresent(
        key,
        (_, labels) -> {
          labels.remove(label);
          return labels.isEmpty() ? null : labels;
        });
  }

  /** The places that have labels in use. */
  Set<String> places() {
    return byPlace.keySet();
  }

  Collection<Label> ofPlace(String place) {
    return byPlace.getOrDefault(place, Set.of());
  }

  Collection<Label> ofService(DomainName service) {
    return byService.getOrDefault(service, Set.of());
  }

  /** Has a label looked at. */
  void stir(Label label) {
    stirred.add(label);
  }

  /** Whether no label is to be looked at. */
  boolean areSettled() {
    return stirred.isEmpty();
  }

  /** Takes out some of the labels that are to be looked at. */
  List<Label> takeStirred(int atMost) {
    List<Label> taken = new ArrayList<>();
    while (!stirred.isEmpty() && taken.size() < atMost) {
      taken.add(stirred.removeFirst());
    }
    return taken;
  }

  /** Counts who holds a label now. */
  void count(Label label) {
    Set<String> now = Set.copyOf(label.holdings().keySet());
    Set<String> before = label.counted(now);
    if (!before.equals(now)) {
      count(label.key().label(), before, -1);
      count(label.key().label(), now, 1);
    }
  }

  private void count(String place, Set<String> holders, int by) {
    Map<String, Integer> counts = held.computeIfAbsent(place, _ -> new HashMap<>());
    holders.forEach(
        holder -> counts.merge(holder, by, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b)));
    if (counts.isEmpty()) {
      held.remove(place);
    }
  }

  /** Whether a load balancer holds labels of a place, as they were counted last. */
  boolean holdsFor(String holder, String place) {
    return held.getOrDefault(place, Map.of()).containsKey(holder);
  }
}
