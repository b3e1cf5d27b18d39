package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.ZoneDiff;

/**
 * What a registration changes, as JSON: what differs from what was served, and what to publish. The
 * parts that take long with many services are made on a worker's thread.
 */
final class ChangeTree {

  private final RecordsToAdd records;
  private final BareDomains bare;
  private final Function<EnterpriseZone, TouchedPrefixes> touchedPrefixes;
  private final Executor worker;
  private final Executor control;

  /**
   * Nothing is made yet.
   *
   * @param touchedPrefixes asked on the control thread
   * @param worker where long texts are made
   */
  ChangeTree(
      RecordsToAdd records,
      BareDomains bare,
      Function<EnterpriseZone, TouchedPrefixes> touchedPrefixes,
      Executor worker,
      Executor control) {
    this.records = records;
    this.bare = bare;
    this.touchedPrefixes = touchedPrefixes;
    this.worker = worker;
    this.control = control;
  }

  /** What a stored registration changed. */
  CompletableFuture<JsonObject> stored(Optional<EnterpriseZone> before, EnterpriseZone zone) {
    return CompletableFuture.supplyAsync(() -> differences(before, zone), worker)
        .thenCombine(bare.of(zone), (tree, apexes) -> new WithApexes(tree, apexes))
        .thenApplyAsync(
            it -> it.tree().put("records", new JsonArray(records.of(zone, it.apexes()))), control);
  }

  private record WithApexes(JsonObject tree, Set<DomainName> apexes) {}

  /** What a registration would change, also for how many prefixes. */
  CompletableFuture<JsonObject> foreseen(Optional<EnterpriseZone> before, EnterpriseZone zone) {
    return stored(before, zone).thenApply(tree -> tree.mergeIn(touched(tree, zone)));
  }

  private static JsonObject differences(Optional<EnterpriseZone> before, EnterpriseZone zone) {
    List<String> lines = ZoneDiff.of(before, zone);
    return new JsonObject()
        .put("origin", zone.origin().toString())
        .put("base", before.map(EnterpriseZone::version).orElse(0L))
        .put("changes", new JsonArray(lines))
        .put("document", RegistrationDocument.render(zone));
  }

  private JsonObject touched(JsonObject tree, EnterpriseZone zone) {
    TouchedPrefixes touched =
        tree.getJsonArray("changes").isEmpty() ? TouchedPrefixes.NONE : touchedPrefixes.apply(zone);
    return new JsonObject()
        .put("resolver-prefixes", touched.announced())
        .put("computed-prefixes", touched.computed())
        .put("located-prefixes", touched.located())
        .put("exact", touched.exact());
  }
}
