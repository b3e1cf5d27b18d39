package net.dglb.backbone.registry.api;

import com.google.protobuf.ByteString;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import net.dglb.backbone.registry.Admission;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.Quota;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.time.Timeline;

/** The registry's routes: zones, enterprises, the audit, and their description. */
public final class RegistryApi {

  /** The description of all routes, a resource. */
  static final String OPENAPI = "backbone-openapi.json";

  private static final int TOKEN_OCTETS = 32;
  private static final int AUDIT_PAGE = 500;
  private static final int MOST = 1_000_000;

  private final ZoneRegistry registry;
  private final ZoneRoutes zones;
  private final SecureRandom random = new SecureRandom();

  /**
   * For this registry.
   *
   * @param key a secret of the backbone's nodes, for the challenges
   * @param nameServers the names of the backbone's name servers
   * @param resolverPrefixes how many resolver prefixes the backbone refers
   * @param operators the identities that may act as the operator from elsewhere than loopback
   * @param control the control thread
   */
  public RegistryApi(
      ZoneRegistry registry,
      SecretKey key,
      TxtLookup lookup,
      Supplier<List<DomainName>> nameServers,
      IntSupplier resolverPrefixes,
      Set<String> operators,
      Timeline control) {
    this.registry = registry;
    RegisterCall register =
        new RegisterCall(
            registry,
            new Challenge(key),
            lookup,
            nameServers,
            resolverPrefixes,
            control,
            control::now);
    zones = new ZoneRoutes(registry, register, nameServers, operators);
  }

  /** All routes. */
  public List<AdminRoute> routes() {
    List<AdminRoute> routes = new ArrayList<>(zones.all());
    routes.add(zones.route(HttpMethod.GET, "/enterprises", this::enterprises));
    routes.add(zones.route(HttpMethod.POST, "/enterprises", this::admit));
    routes.add(zones.route(HttpMethod.GET, "/audit", this::audit));
    routes.addAll(new VoterRoutes(registry).all(zones));
    routes.add(AdminRoute.get("/openapi.json", _ -> AdminAnswer.ok(openApi())));
    return List.copyOf(routes);
  }

  private CompletableFuture<AdminAnswer> enterprises(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    JsonArray all = new JsonArray();
    registry
        .state()
        .enterprises()
        .values()
        .forEach(each ->
            all.add(
                new JsonObject()
                    .put("name", each.getName())
                    .put("token", !each.getTokenHash().isEmpty())
                    .put("zones", each.getMaxZones())
                    .put("services", each.getMaxServices())));
    return Answers.now(AdminAnswer.ok(new JsonObject().put("enterprises", all)));
  }

  /** Makes an enterprise known or changes it; a new token is shown once and kept by nobody. */
  private CompletableFuture<AdminAnswer> admit(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    JsonObject body = ZoneRoutes.body(request);
    String name = ZoneRoutes.text(body, "name");
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: 1 to 63 lower-case letters, digits and '-')");
    }
    Quota present = registry.state().quota(name);
    Quota quota =
        new Quota(
            bounded(body, "zones", present.zones()), bounded(body, "services", present.services()));
    var known = registry.state().enterprises().get(name);
    JsonObject stored = new JsonObject().put("name", name);
    ByteString hash = known == null ? ByteString.EMPTY : known.getTokenHash();
    if (ZoneRoutes.flag(body, "new-token")) {
      byte[] octets = new byte[TOKEN_OCTETS];
      random.nextBytes(octets);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      stored.put("token", token);
      hash = Access.hash(token);
    }
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.admit(
        new Admission(name, hash, quota, access.caller()),
        outcome -> answer.complete(Answers.of(outcome, stored)));
    return answer;
  }

  private static int bounded(JsonObject body, String key, int otherwise) {
    long value = ZoneRoutes.version(body, key).orElse(otherwise);
    if (value > MOST) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: at most " + MOST + ")");
    }
    return (int) value;
  }

  private CompletableFuture<AdminAnswer> audit(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    long after = request.parameter("after").map(Long::parseLong).orElse(0L);
    return Answers.now(AdminAnswer.ok(ZoneTrees.audit(registry.state(), after, AUDIT_PAGE)));
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
