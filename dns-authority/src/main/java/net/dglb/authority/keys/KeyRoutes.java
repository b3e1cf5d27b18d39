package net.dglb.authority.keys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API's view of keys: {@code GET /keys} lists them without their secrets; {@code POST
 * /keys/:zone/roll}, {@code /keys/:zone/retire} with {@code tag}, and {@code /keys/:zone/parent}
 * with {@code tags}, the keys that the parent has DS records of, change them; {@code
 * /keys/:zone/forget} gives lost ones up.
 */
public final class KeyRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRoutes.class);

  private final ZoneSigning signing;
  private final Runnable changed;
  private final Set<String> operators;

  /**
   * Makes the routes.
   *
   * @param changed runs when a zone has to be signed again
   * @param operators who may change something from elsewhere than loopback
   */
  public KeyRoutes(ZoneSigning signing, Runnable changed, Set<String> operators) {
    this.signing = signing;
    this.changed = changed;
    this.operators = operators;
  }

  /** What a node adds to its admin API. */
  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/keys", _ -> AdminAnswer.ok(list())),
        AdminRoute.post("/keys/:zone/forget", this::forget),
        change("roll", body -> SignedZone::roll),
        change(
            "retire",
            body -> {
              int tag = number(body.getValue("tag"), "tag");
              return zone -> zone.giveUp(tag);
            }),
        change(
            "parent",
            body -> {
              List<Integer> tags = tags(body);
              return zone -> zone.parentHas(tags);
            }));
  }

  private AdminRoute change(String word, Function<JsonObject, Consumer<SignedZone>> reader) {
    return AdminRoute.post("/keys/:zone/" + word, request -> change(request, word, reader));
  }

  private AdminAnswer change(
      AdminRequest request, String word, Function<JsonObject, Consumer<SignedZone>> reader) {
    if (!request.isOperator(operators)) {
      return AdminAnswer.problem(403, "not an operator of this node (see node.operators)");
    }
    DomainName origin = DomainName.of(request.parameter("zone").orElse(""));
    SignedZone zone = signing.zone(origin).orElse(null);
    if (zone == null) {
      return AdminAnswer.notFound(origin + ": not a signed zone of this node");
    }
    reader.apply(request.body().orElseGet(JsonObject::new)).accept(zone);
    LOG.info("{}: keys: {} by {}", origin, word, request.caller());
    changed.run();
    return AdminAnswer.ok(json(zone));
  }

  private AdminAnswer forget(AdminRequest request) {
    if (!request.isOperator(operators)) {
      return AdminAnswer.problem(403, "not an operator of this node (see node.operators)");
    }
    DomainName origin = DomainName.of(request.parameter("zone").orElse(""));
    signing.forget(origin);
    LOG.warn("{}: keys: given up as lost by {}", origin, request.caller());
    changed.run();
    return AdminAnswer.ok(list());
  }

  private static int number(Object value, String key) {
    if (value instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(key + ": missing (expected a key tag, 0 to 65535)");
  }

  private static List<Integer> tags(JsonObject body) {
    if (!(body.getValue("tags") instanceof JsonArray tags)) {
      throw new IllegalArgumentException(
          "tags: missing (expected the tags of the keys that the parent has DS records of)");
    }
    return tags.stream().map(tag -> number(tag, "tags")).toList();
  }

  private JsonObject list() {
    JsonArray zones = new JsonArray();
    signing.zones().forEach(zone -> zones.add(json(zone)));
    JsonObject problems = new JsonObject();
    signing.problems().forEach((zone, problem) -> problems.put(zone.toString(), problem));
    return new JsonObject().put("zones", zones).put("problems", problems);
  }

  private static JsonObject json(SignedZone zone) {
    JsonArray keys = new JsonArray();
    zone.chain().keys().forEach(key -> keys.add(json(zone.zone(), key)));
    JsonObject json =
        new JsonObject()
            .put("zone", zone.zone().toString())
            .put("leaving", zone.isLeaving())
            .put("keys", keys);
    zone.chain().announced().ifPresent(key -> json.put("ds", ds(zone.zone(), key)));
    return json;
  }

  private static JsonObject json(DomainName zone, ZoneKey key) {
    JsonObject json =
        new JsonObject()
            .put("tag", key.key().tag())
            .put("algorithm", key.key().algorithm().number())
            .put("state", key.state().word())
            .put("since", key.state().since().toString())
            .put("outlook", key.state().outlook())
            .put("ds", ds(zone, key.key()));
    key.state().end().ifPresent(until -> json.put("until", until.toString()));
    return json;
  }

  /** A DS record's data as in a master file. */
  private static String ds(DomainName zone, SigningKey key) {
    byte[] data = key.ds(zone);
    return "%d %d %d %s"
        .formatted(
            key.tag(),
            key.algorithm().number(),
            data[3],
            HexFormat.of().withUpperCase().formatHex(data, 4, data.length));
  }
}
