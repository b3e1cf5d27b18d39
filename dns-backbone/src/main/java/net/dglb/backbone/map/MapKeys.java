package net.dglb.backbone.map;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * The secrets that only backbone nodes have, as one of them uses them. While a key is replaced by
 * another, node by node, each opens what any other seals.
 *
 * @param current seals
 * @param next seals at other nodes already, or soon; only opens here
 * @param previous sealed before: what it sealed is opened, and sealed anew
 */
public record MapKeys(SecretKey current, List<SecretKey> next, List<SecretKey> previous) {

  /** Copies the lists. */
  public MapKeys {
    next = List.copyOf(next);
    previous = List.copyOf(previous);
  }

  /** One that nobody is about to replace. */
  public static Supplier<MapKeys> only(SecretKey key) {
    MapKeys keys = new MapKeys(key, List.of(), List.of());
    return () -> keys;
  }

  /** All that open, the likeliest first. */
  public Stream<SecretKey> all() {
    return Stream.of(Stream.of(current), previous.stream(), next.stream()).flatMap(each -> each);
  }

  /** Never the values. */
  @Override
  public String toString() {
    return "MapKeys(current, %d next, %d previous)".formatted(next.size(), previous.size());
  }
}
