package net.dglb.dns.keys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
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

  private final KeyBook book;
  private final Supplier<Set<String>> operators;

  /**
   * Makes the routes.
   *
   * @param operators who may now change something from elsewhere than loopback
   */
  public KeyRoutes(KeyBook book, Supplier<Set<String>> operators) {
    this.book = book;
    this.operators = operators;
  }

  /** What a node adds to its admin API. */
  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/keys", _ -> AdminAnswer.ok(list())),
        change("roll", _ -> new KeyChange.Roll()),
        change("retire", body -> new KeyChange.GiveUp(number(body.getValue("tag"), "tag"))),
        change("parent", body -> new KeyChange.ParentHas(tags(body))),
        AdminRoute.post("/keys/:zone/forget", this::forget));
  }

  private AdminRoute change(String word, Function<JsonObject, KeyChange> reader) {
    return new AdminRoute(
        HttpMethod.POST, "/keys/:zone/" + word, request -> change(request, reader));
  }

  private CompletableFuture<AdminAnswer> change(
      AdminRequest request, Function<JsonObject, KeyChange> reader) {
    Optional<AdminAnswer> refusal = refusal(request);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    KeyChange change = reader.apply(request.body().orElseGet(JsonObject::new));
    DomainName name = zone(request);
    if (find(name).isEmpty()) {
      return CompletableFuture.completedFuture(
          AdminAnswer.notFound(name + ": not a signed zone of this node"));
    }
    LOG.info("{}: keys: {} by {}", name, change.word(), request.caller());
    return book.change(name, change)
        .thenApply(problem ->
            problem
                .map(why -> AdminAnswer.problem(503, why))
                .orElseGet(() ->
                    AdminAnswer.ok(find(name).map(KeyRoutes::json).orElseGet(JsonObject::new))));
  }

  private Optional<AdminAnswer> refusal(AdminRequest request) {
    return request.isOperator(operators.get())
        ? Optional.empty()
        : Optional.of(
            AdminAnswer.problem(403, "not an operator of this node (see node.operators)"));
  }

  private static DomainName zone(AdminRequest request) {
    return DomainName.of(request.parameter("zone").orElse(""));
  }

  private Optional<KeyBook.Entry> find(DomainName name) {
    return book.entries().stream().filter(entry -> entry.name().equals(name)).findAny();
  }

  private AdminAnswer forget(AdminRequest request) {
    return refusal(request)
        .orElseGet(() -> {
          DomainName name = zone(request);
          book.forget(name);
          LOG.warn("{}: keys: given up as lost by {}", name, request.caller());
          return AdminAnswer.ok(list());
        });
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
    book.entries().forEach(entry -> zones.add(json(entry)));
    JsonObject problems = new JsonObject();
    book.problems().forEach((zone, problem) -> problems.put(zone.toString(), problem));
    return new JsonObject().put("zones", zones).put("problems", problems);
  }

  private static JsonObject json(KeyBook.Entry entry) {
    JsonArray keys = new JsonArray();
    entry.chain().keys().forEach(key -> keys.add(json(entry, key)));
    JsonObject json =
        new JsonObject()
            .put("zone", entry.name().toString())
            .put("leaving", entry.leaving())
            .put("keys", keys);
    entry
        .chain()
        .announced()
        .filter(_ -> entry.isZone())
        .ifPresent(key -> json.put("ds", ds(entry.name(), key)));
    return json;
  }

  private static JsonObject json(KeyBook.Entry entry, ZoneKey key) {
    JsonObject json =
        new JsonObject()
            .put("tag", key.key().tag())
            .put("algorithm", key.key().algorithm().number())
            .put("state", key.state().word())
            .put("since", key.state().since().toString())
            .put("outlook", key.state().outlook());
    if (entry.isZone()) {
      json.put("ds", ds(entry.name(), key.key()));
    }
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
