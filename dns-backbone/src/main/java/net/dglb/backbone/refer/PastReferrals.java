package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.net.DomainName;
import net.dglb.service.Service;

/**
 * The tables that DNS threads read in the past: what each compilation replaced, so that what stayed
 * takes no room. In memory, as far back as there is room and not beyond the start. Lives on the
 * control thread.
 */
final class PastReferrals {

  /** All changes together, in steps of about 64 octets. */
  static final int MOST_WEIGHT = 500_000;

  /** What DNS threads read. */
  private record Tables(Map<DomainName, ZonePart> zones, LabelTable labels, ResolverIndex index) {}

  /**
   * What one compilation replaced.
   *
   * @param until when it did
   * @param services whose parts were others
   * @param added services that were not there before
   */
  private record Change(
      Instant until,
      LabelTable labels,
      ResolverIndex index,
      Map<DomainName, ServiceChange> services,
      Set<DomainName> added,
      int weight) {}

  /** What is needed to refer one service as it was referred then. */
  record Then(ServicePart service, LabelTable labels, ResolverIndex index) {}

  private final int mostWeight;
  private final Deque<Change> changes = new ArrayDeque<>();
  private Optional<Instant> since = Optional.empty();
  private Tables now = new Tables(Map.of(), new LabelTable(List.of()), ResolverIndex.empty());
  private long weight;

  /**
   * Knows nothing yet.
   *
   * @param mostWeight of all changes
   */
  PastReferrals(int mostWeight) {
    this.mostWeight = mostWeight;
  }

  /** Other tables are read from now on. */
  void replace(
      Map<DomainName, ZonePart> zones, LabelTable labels, ResolverIndex index, Instant at) {
    if (since.isEmpty()) {
      since = Optional.of(at);
    } else {
      keep(change(zones, index, at));
    }
    now = new Tables(zones, labels, index);
  }

  private Change change(Map<DomainName, ZonePart> zones, ResolverIndex index, Instant at) {
    Map<DomainName, ServiceChange> services = new HashMap<>();
    Set<DomainName> added = new HashSet<>();
    zones.forEach((origin, part) -> {
      ZonePart before = now.zones().get(origin);
      if (!part.equals(before)) {
        compare(Optional.ofNullable(before), part, services, added);
      }
    });
    int heavy = services.values().stream().mapToInt(ServiceChange::weight).sum();
    int tables = index.equals(now.index()) ? 0 : now.index().weightBeside(index);
    return new Change(
        at, now.labels(), now.index(), services, added, 2 + heavy + added.size() + tables);
  }

  private static void compare(
      Optional<ZonePart> before,
      ZonePart now,
      Map<DomainName, ServiceChange> changed,
      Set<DomainName> added) {
    Map<DomainName, ServicePart> known = new HashMap<>();
    before.ifPresent(it -> forEach(it, known::put));
    forEach(
        now,
        (name, service) -> {
          ServicePart replaced = known.get(name);
          if (replaced == null) {
            added.add(name);
          } else if (!replaced.equals(service)) {
            changed.put(name, replaced.changeTo(service));
          }
        });
  }

  private static void forEach(ZonePart zone, BiConsumer<DomainName, ServicePart> consumer) {
    List<Service> services = zone.zone().services();
    for (int i = 0; i < services.size(); i++) {
      consumer.accept(services.get(i).name(), zone.services().get(i));
    }
  }

  private void keep(Change change) {
    changes.addLast(change);
    weight += change.weight();
    while (weight > mostWeight) {
      Change oldest = changes.removeFirst();
      weight -= oldest.weight();
      since = Optional.of(oldest.until());
    }
  }

  /** Since when it is known how services were referred; empty before the first compilation. */
  Optional<Instant> since() {
    return since;
  }

  /**
   * The tables of a moment for one service; empty if that is not known, or it was not served then.
   *
   * @param published its part of now
   */
  Optional<Then> at(DomainName service, ServicePart published, Instant moment) {
    if (since.map(moment::isBefore).orElse(true)) {
      return Optional.empty();
    }
    Then then = new Then(published, now.labels(), now.index());
    for (Iterator<Change> newest = changes.descendingIterator(); newest.hasNext(); ) {
      Change change = newest.next();
      if (!change.until().isAfter(moment)) {
        break;
      }
      if (change.added().contains(service)) {
        return Optional.empty();
      }
      ServiceChange replaced = change.services().get(service);
      then =
          new Then(
              replaced == null ? then.service() : then.service().undo(replaced),
              change.labels(),
              change.index());
    }
    return Optional.of(then);
  }
}
