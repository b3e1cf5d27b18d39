package net.dglb.dns.keys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.dglb.dns.keys.KeyState.Active;
import net.dglb.dns.keys.KeyState.Announced;
import net.dglb.dns.keys.KeyState.Introduced;
import net.dglb.dns.keys.KeyState.Published;
import net.dglb.dns.keys.KeyState.Retired;
import net.dglb.dns.keys.KeyState.Withdrawn;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;

/** Keys with their states as they are kept: JSON with the private parts, a secret. */
public final class KeyText {

  private KeyText() {}

  /**
   * Writes keys.
   *
   * @param owner the zone that they are for, or whatever names what they sign
   */
  public static String write(DomainName owner, KeyChain chain) {
    JsonArray keys = new JsonArray();
    chain.keys().forEach(key -> keys.add(json(key)));
    return new JsonObject().put("zone", owner.toString()).put("keys", keys).encodePrettily() + "\n";
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is no such text; the message tells nothing of its
   *     content
   */
  public static KeyChain read(String text) {
    try {
      JsonArray keys = new JsonObject(text).getJsonArray("keys");
      List<ZoneKey> read = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        read.add(key(keys.getJsonObject(i)));
      }
      return new KeyChain(read);
    } catch (DecodeException
        | DateTimeException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "keys: damaged, " + e.getClass().getSimpleName() + " (expected what was stored)", e);
    }
  }

  private static JsonObject json(ZoneKey key) {
    JsonObject json =
        new JsonObject()
            .put("tag", key.key().tag())
            .put("algorithm", key.key().algorithm().number())
            .put("state", key.state().word())
            .put("since", key.state().since().toString())
            .put("secret", Base64.getEncoder().encodeToString(key.key().toBytes()));
    key.state().end().ifPresent(until -> json.put("until", until.toString()));
    return json;
  }

  private static ZoneKey key(JsonObject json) {
    return new ZoneKey(
        SigningKey.fromBytes(Base64.getDecoder().decode(json.getString("secret"))), state(json));
  }

  private static KeyState state(JsonObject json) {
    Instant since = Instant.parse(json.getString("since"));
    Instant until = Instant.parse(json.getString("until", since.toString()));
    String word = json.getString("state");
    return switch (word) {
      case "introduced" -> new Introduced(since, until);
      case "published" -> new Published(since, until);
      case "announced" -> new Announced(since);
      case "active" -> new Active(since);
      case "retired" -> new Retired(since, until);
      case "withdrawn" -> new Withdrawn(since, until);
      default -> throw new IllegalArgumentException("state: " + word);
    };
  }
}
