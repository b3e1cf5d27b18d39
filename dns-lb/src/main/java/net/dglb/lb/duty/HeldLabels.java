package net.dglb.lb.duty;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.dglb.net.DomainName;

/** The labels that are answered here, found by their own name and by their service's. */
final class HeldLabels {

  private final Map<LabelName, HeldDuty> duties = new LinkedHashMap<>();
  private final Map<DomainName, Set<LabelName>> byService = new TreeMap<>();

  void put(HeldDuty duty) {
    LabelName label = duty.label();
    duties.put(label, duty);
    byService.computeIfAbsent(label.service(), _ -> new LinkedHashSet<>()).add(label);
  }

  void remove(LabelName label) {
    duties.remove(label);
    byService.computeIfPresent(
        label.service(),
        (_, labels) -> {
          labels.remove(label);
          return labels.isEmpty() ? null : labels;
        });
  }

  Optional<HeldDuty> find(LabelName label) {
    return Optional.ofNullable(duties.get(label));
  }

  int size() {
    return duties.size();
  }

  Collection<HeldDuty> all() {
    return Collections.unmodifiableCollection(duties.values());
  }

  /** The labels of a service. */
  Set<LabelName> of(DomainName service) {
    return Collections.unmodifiableSet(byService.getOrDefault(service, Set.of()));
  }

  /** The services that have labels here, in order. */
  Set<DomainName> services() {
    return Collections.unmodifiableSet(byService.keySet());
  }
}
