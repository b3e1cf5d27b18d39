package net.dglb.lb.answer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.dglb.lb.duty.KnownService;
import net.dglb.net.DomainName;
import net.dglb.service.ProbeTarget;

/**
 * Which of the services that are answered here a measurement is about. Found anew only after
 * services have changed: measurements come hundreds of times as often. Used on the control thread
 * only.
 */
final class ServicesByTarget {

  private final Supplier<Collection<KnownService>> answered;
  private final Map<ProbeTarget, List<DomainName>> services = new HashMap<>();
  private boolean changed = true;

  /** Of these services. */
  ServicesByTarget(Supplier<Collection<KnownService>> answered) {
    this.answered = answered;
  }

  /** Services came, went or changed. */
  void changed() {
    changed = true;
  }

  /** The services that have any of these targets. */
  Set<DomainName> of(Collection<ProbeTarget> targets) {
    if (changed && !targets.isEmpty()) {
      changed = false;
      services.clear();
      answered.get().forEach(this::add);
    }
    Set<DomainName> found = new HashSet<>();
    targets.forEach(target -> found.addAll(services.getOrDefault(target, List.of())));
    return found;
  }

  private void add(KnownService known) {
    known
        .service()
        .targets()
        .forEach(target ->
            services.computeIfAbsent(target, _ -> new ArrayList<>(1)).add(known.service().name()));
  }
}
