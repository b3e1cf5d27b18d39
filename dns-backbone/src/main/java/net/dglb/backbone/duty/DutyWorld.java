package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * What duties depend on: load balancers, services, and who is to hold the labels of each place.
 * Says what of it has changed. Lives on the control thread.
 */
final class DutyWorld {

  private final RegisteredServices services = new RegisteredServices();
  private final Standings standings;
  private final Map<String, List<String>> choices = new HashMap<>();
  private Map<String, LoadBalancer> loadBalancers = Map.of();
  private Successors successors = _ -> List.of();
  private int backups;
  private boolean choicesDue = true;

  /**
   * Nothing is there.
   *
   * @param backups how many besides its own load balancer are to hold a label
   */
  DutyWorld(AddressTrust trust, DutyOutbox outbox, int backups) {
    standings = new Standings(trust, outbox);
    this.backups = backups;
  }

  /** Takes the load balancers as they are now. */
  void take(Collection<LoadBalancer> all, Successors successorsOfWithdrawn) {
    Map<String, LoadBalancer> byId = new HashMap<>();
    all.forEach(lb -> byId.put(lb.id(), lb));
    loadBalancers = byId;
    successors = successorsOfWithdrawn;
  }

  /** Has another number of backups chosen from now on. */
  void backups(int next) {
    backups = next;
    choicesDue = true;
  }

  /** The load balancers that are not as they were the last time, as far as it counts here. */
  Set<String> changed() {
    Set<String> changed = standings.changed(loadBalancers);
    choicesDue |= !changed.isEmpty();
    return changed;
  }

  /**
   * Chooses who is to hold the labels of places; gives the places where that is not as before. Whom
   * one that withdrew gives its labels to may change with all that is known of its resolvers.
   */
  List<String> choose(Set<String> places) {
    List<LoadBalancer> all = List.copyOf(loadBalancers.values());
    List<String> changed = new ArrayList<>();
    choices.keySet().retainAll(places);
    for (String place : places) {
      LoadBalancer own = loadBalancers.get(place);
      if (own != null && (choicesDue || own.withdrawn() || !choices.containsKey(place))) {
        List<String> chosen = HolderChoice.of(own, all, backups, successors);
        if (!chosen.equals(choices.put(place, chosen))) {
          changed.add(place);
        }
      }
    }
    choicesDue = false;
    return changed;
  }

  /** Who is to hold the labels of a place that was chosen for. */
  List<String> chosen(String place) {
    return Objects.requireNonNull(choices.get(place));
  }

  @Nullable LoadBalancer loadBalancer(String id) {
    return loadBalancers.get(id);
  }

  Map<String, LoadBalancer> loadBalancers() {
    return loadBalancers;
  }

  RegisteredServices services() {
    return services;
  }

  @Nullable RegisteredService service(DomainName name) {
    return services.find(name);
  }
}
