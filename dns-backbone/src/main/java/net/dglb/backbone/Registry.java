package net.dglb.backbone;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.registry.api.DelegationChecks;
import net.dglb.backbone.registry.api.DnsTxtLookup;
import net.dglb.backbone.registry.api.RegistryApi;
import net.dglb.backbone.registry.api.ResolverLookup;
import net.dglb.backbone.registry.api.SignedFiles;
import net.dglb.net.DomainName;
import net.dglb.node.AdminRoute;
import net.dglb.node.LiveParts;
import net.dglb.node.Metrics;
import net.dglb.time.Timeline;

/** The ways into the registry, and what it looks up outside, put together. */
final class Registry {

  private static final int DNS_PORT = 53;

  private final ControlPlane plane;
  private final Timeline control;
  private final Timeline files;
  private final Supplier<BackboneSettings> settings;
  private final ResolverLookup lookup;
  private final DelegationChecks delegations;
  private final RegistryApi api;
  private final SignedFiles signed;

  /**
   * Puts them together.
   *
   * @param files where files are read
   * @param documents where what takes long for the control thread is made
   * @param settings as they are now
   * @throws UnknownHostException if there is nobody to ask
   */
  Registry(
      ControlPlane plane,
      Supplier<MapKeys> mapKeys,
      DynamicUpdates updates,
      Timeline control,
      Timeline files,
      Executor documents,
      Supplier<BackboneSettings> settings)
      throws UnknownHostException {
    this.plane = plane;
    this.control = control;
    this.files = files;
    this.settings = settings;
    lookup = new ResolverLookup(settings.get().registry().resolvers(), DNS_PORT);
    delegations =
        new DelegationChecks(
            plane.view().registry(),
            lookup,
            plane.view().peers()::nameServers,
            plane.dnssec().keyring()::delegationSigners,
            control);
    api =
        new RegistryApi(
            plane.view().registry(),
            mapKeys,
            new DnsTxtLookup(lookup),
            () -> plane.view().peers().all().stream().map(BackbonePeer::name).toList(),
            plane.dnssec().keyring()::delegationSigners,
            plane::touchedPrefixes,
            delegations,
            () -> settings.get().node().operators(),
            updates.keys()::sealed,
            lookup,
            documents,
            control);
    signed = api.signedFiles(control);
  }

  /** Looks up and reads from now on; on the control thread. */
  void start() {
    delegations.start(settings.get().registry().delegationCheck());
    plane.dnssec().watchParents(lookup);
    watch(settings.get().registry().signedFiles());
  }

  private void watch(Optional<Path> folder) {
    folder.ifPresentOrElse(
        path -> signed.watch(path, files, settings.get().node().watchInterval()), signed::stop);
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<BackboneSettings> live) {
    live.lookedUp("registry.quarantine", it -> it.registry().quarantine())
        .fallible("registry.resolvers", it -> it.registry().resolvers(), lookup::use)
        .part(
            "registry.delegation-check",
            it -> it.registry().delegationCheck(),
            delegations::interval)
        .part("registry.signed-files", it -> it.registry().signedFiles(), this::watch);
  }

  List<AdminRoute> routes() {
    return api.routes();
  }

  /** The aliases of a zone that DNS was seen to lead here. */
  Set<DomainName> aliases(DomainName origin) {
    return delegations.aliases(origin);
  }

  SignedFiles signedFiles() {
    return signed;
  }

  void register(Metrics metrics) {
    RegistryMetrics.register(metrics, plane.view().registry(), signed, delegations, control);
  }
}
