package net.dglb.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import net.dglb.identity.NodeRole;

/**
 * What a node says about itself: a tree that becomes JSON.
 *
 * @param role what it does
 * @param id its name in the network
 * @param ready whether it can do its work
 * @param parts further parts by name, in order: texts, numbers, booleans, maps with text keys and
 *     collections of these; anything else is shown by its {@code toString}
 */
public record NodeStatus(NodeRole role, String id, boolean ready, Map<String, Object> parts) {

  /** Copies the parts. */
  public NodeStatus {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** A status without further parts. */
  public static NodeStatus of(NodeRole role, String id, boolean ready) {
    return new NodeStatus(role, id, ready, Map.of());
  }

  /** The same with one more part, or another value of it. */
  public NodeStatus with(String part, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(parts);
    more.put(part, value);
    return new NodeStatus(role, id, ready, more);
  }

  /** The tree: {@code role}, {@code id}, {@code ready} and then the parts. */
  public JsonObject toJson() {
    JsonObject tree = new JsonObject().put("role", role.word()).put("id", id).put("ready", ready);
    parts.forEach((part, value) -> tree.put(part, json(value)));
    return tree;
  }

  private static Object json(Object value) {
    return switch (value) {
      case JsonObject tree -> tree;
      case JsonArray list -> list;
      case Map<?, ?> map -> object(map);
      case Collection<?> all -> array(all);
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }

  private static JsonObject object(Map<?, ?> map) {
    JsonObject tree = new JsonObject();
    map.forEach((key, value) -> tree.put(key.toString(), json(value)));
    return tree;
  }

  private static JsonArray array(Collection<?> all) {
    JsonArray list = new JsonArray();
    all.forEach(value -> list.add(json(value)));
    return list;
  }
}
