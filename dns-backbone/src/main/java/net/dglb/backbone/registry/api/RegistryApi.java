package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.identity.TsigKey;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRoute;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;

/** The registry's routes: zones, enterprises, the audit, and their description. */
public final class RegistryApi {

  /** The description of all routes, a resource. */
  static final String OPENAPI = "backbone-openapi.json";

  private final ZoneRegistry registry;
  private final RegisterCall register;
  private final ZoneRoutes zones;
  private final KeyRoutes keys;
  private final AuditRoute audit;
  private final SecureRandom random = new SecureRandom();

  /**
   * For this registry.
   *
   * @param keys the secrets of the backbone's nodes by now, for the challenges
   * @param nameServers the names of the backbone's name servers
   * @param signers what the parent of a zone is to hold of its keys
   * @param touchedPrefixes for how many prefixes the answers would change, were a zone like this
   * @param delegations what enterprises' own zones hold
   * @param operators the identities that may act as the operator from elsewhere than loopback
   * @param seal makes a key for dynamic updates fit to be stored
   * @param dns where it is looked up which aliases are bare domains
   * @param worker runs what takes long for the control thread
   * @param control the control thread
   */
  public RegistryApi(
      ZoneRegistry registry,
      Supplier<MapKeys> keys,
      TxtLookup lookup,
      Supplier<List<DomainName>> nameServers,
      Function<EnterpriseZone, List<DelegationSigner>> signers,
      Function<EnterpriseZone, TouchedPrefixes> touchedPrefixes,
      DelegationChecks delegations,
      Supplier<Set<String>> operators,
      Function<TsigKey, UpdateKey> seal,
      DnsLookup dns,
      Executor worker,
      Timeline control) {
    this.keys = new KeyRoutes(registry, seal);
    audit = new AuditRoute(registry, control);
    this.registry = registry;
    RecordsToAdd records = new RecordsToAdd(nameServers, signers);
    BareDomains bare = new BareDomains(dns);
    ChangeTree changes = new ChangeTree(records, bare, touchedPrefixes, worker, control);
    register = new RegisterCall(registry, new Challenge(keys), lookup, changes, control);
    zones =
        new ZoneRoutes(
            registry,
            new ForeignDocuments(worker),
            register,
            records,
            bare,
            operators,
            delegations,
            control);
  }

  /** All routes. */
  public List<AdminRoute> routes() {
    List<AdminRoute> routes = new ArrayList<>(zones.all());
    routes.addAll(new EnterpriseRoutes(registry, random).all(zones));
    routes.add(audit.route(zones));
    routes.addAll(keys.all(zones));
    routes.addAll(new VoterRoutes(registry).all(zones));
    routes.addAll(new SiteRoutes(registry).all(zones));
    routes.add(AdminRoute.get("/openapi.json", _ -> AdminAnswer.ok(openApi())));
    return List.copyOf(routes);
  }

  /**
   * The registrations that enterprises signed, as files of a folder.
   *
   * @param control the control thread, on which all but reading happens
   */
  public SignedFiles signedFiles(Timeline control) {
    return new SignedFiles(registry, register, control);
  }

  private static JsonObject openApi() {
    try (InputStream in = RegistryApi.class.getClassLoader().getResourceAsStream(OPENAPI)) {
      return new JsonObject(
          new String(Objects.requireNonNull(in, OPENAPI).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
