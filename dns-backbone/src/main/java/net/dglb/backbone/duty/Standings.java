package net.dglb.backbone.duty;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.net.Location;

/** What counts of load balancers for the labels that they hold. Lives on the control thread. */
final class Standings {

  private record Standing(
      Optional<Location> location,
      boolean withdrawn,
      boolean inService,
      boolean trusted,
      boolean failing,
      boolean connected) {}

  private final AddressTrust trust;
  private final DutyOutbox outbox;
  private Map<String, Standing> last = Map.of();

  Standings(AddressTrust trust, DutyOutbox outbox) {
    this.trust = trust;
    this.outbox = outbox;
  }

  /** Of whom anything is otherwise than the last time, by id. */
  Set<String> changed(Map<String, LoadBalancer> all) {
    Map<String, Standing> now = new HashMap<>();
    all.forEach((id, lb) -> now.put(id, standing(lb)));
    Set<String> changed = new HashSet<>(last.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(id -> Objects.equals(last.get(id), now.get(id)));
    last = now;
    return changed;
  }

  private Standing standing(LoadBalancer lb) {
    return new Standing(
        lb.location(),
        lb.withdrawn(),
        lb.inService(),
        trust.isTrusted(lb.id()),
        trust.isFailing(lb.id()),
        outbox.isConnected(lb.id()));
  }
}
