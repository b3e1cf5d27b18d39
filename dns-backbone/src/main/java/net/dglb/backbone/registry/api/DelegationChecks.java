package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Looks up, once in a while and when somebody asks, whether every enterprise's own zone holds what
 * it must. Bounded in number and time; lives on the control thread and waits for nothing.
 */
public final class DelegationChecks {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final int AT_ONCE = 20;

  /**
   * What was found.
   *
   * @param at when
   * @param atNanos the same by {@link Timeline#nanoTime}
   * @param aliases those that lead to their services
   * @param problem why it could not be looked up; empty if it could
   */
  record Found(
      Instant at, long atNanos, List<String> warnings, Set<DomainName> aliases, String problem) {}

  private final ZoneRegistry registry;
  private final Delegation delegation;
  private final Supplier<Map<DomainName, Set<InetAddress>>> nameServers;
  private final Function<EnterpriseZone, List<DelegationSigner>> signers;
  private final Timeline control;
  private final Map<DomainName, Found> found = new HashMap<>();
  private final Set<DomainName> underWay = new HashSet<>();
  private Duration interval = Duration.ZERO;

  /**
   * Checks the zones of this registry.
   *
   * @param nameServers the backbone's own, with their addresses
   * @param signers what the parent of a zone is to hold of its keys
   */
  public DelegationChecks(
      ZoneRegistry registry,
      DnsLookup dns,
      Supplier<Map<DomainName, Set<InetAddress>>> nameServers,
      Function<EnterpriseZone, List<DelegationSigner>> signers,
      Timeline control) {
    this.registry = registry;
    this.delegation = new Delegation(dns);
    this.nameServers = nameServers;
    this.signers = signers;
    this.control = control;
  }

  /** Checks every zone once in this time from now on. */
  public void start(Duration every) {
    interval = every;
    control.every(TICK, TICK, this::tick);
  }

  /** Checks every zone once in another time. */
  public void interval(Duration next) {
    interval = next;
  }

  private void tick() {
    Set<DomainName> present = new HashSet<>();
    for (EnterpriseZone zone : registry.list()) {
      present.add(zone.origin());
      Found last = found.get(zone.origin());
      if (underWay.size() < AT_ONCE
          && !underWay.contains(zone.origin())
          && (last == null || control.isPast(last.atNanos() + interval.toNanos()))) {
        var _ = check(zone);
      }
    }
    found.keySet().retainAll(present);
  }

  /** Looks now; completed within seconds, on the control thread, also if nobody answers. */
  CompletableFuture<Found> check(EnterpriseZone zone) {
    underWay.add(zone.origin());
    CompletableFuture<Found> result = new CompletableFuture<>();
    var _ =
        delegation
            .look(zone, nameServers.get(), signers.apply(zone))
            .toCompletableFuture()
            .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((seen, failure) ->
                control.execute(() -> {
                  underWay.remove(zone.origin());
                  Found now =
                      new Found(
                          control.now(),
                          control.nanoTime(),
                          seen == null ? List.of() : List.copyOf(seen.warnings()),
                          seen == null ? aliases(zone.origin()) : Set.copyOf(seen.aliases()),
                          seen == null ? "could not be looked up: " + text(failure) : "");
                  found.put(zone.origin(), now);
                  result.complete(now);
                }));
    return result;
  }

  private static String text(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause == null || cause.getMessage() == null ? "no answer in time" : cause.getMessage();
  }

  /** The aliases that led to the services of a zone when they were last looked up. */
  public Set<DomainName> aliases(DomainName origin) {
    Found last = found.get(origin);
    return last == null ? Set.of() : last.aliases();
  }

  /** How many zones have something missing or out of date. */
  public int warned() {
    return (int) found.values().stream().filter(each -> !each.warnings().isEmpty()).count();
  }

  /** How many zones could not be looked up. */
  public int unknown() {
    return (int) found.values().stream().filter(each -> !each.problem().isEmpty()).count();
  }

  static JsonObject tree(Found found) {
    return new JsonObject()
        .put("checked", found.at().toString())
        .put("warnings", new JsonArray(found.warnings()))
        .put("problem", found.problem());
  }
}
