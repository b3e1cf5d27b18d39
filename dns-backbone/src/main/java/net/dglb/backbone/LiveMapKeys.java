package net.dglb.backbone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import net.dglb.backbone.map.MapKeys;
import net.dglb.identity.IdentityException;
import net.dglb.identity.Secret;
import net.dglb.node.LiveParts;
import net.dglb.node.Published;

/** The map keys as the node uses them now; they change while it runs. Thread-safe. */
final class LiveMapKeys implements Supplier<MapKeys> {

  private final Published<MapKeys> keys;

  private LiveMapKeys(MapKeys first) {
    keys = new Published<>(first);
  }

  static LiveMapKeys load(MapKeySettings settings) throws IdentityException {
    return new LiveMapKeys(read(settings));
  }

  private static MapKeys read(MapKeySettings settings) throws IdentityException {
    List<SecretKey> next = new ArrayList<>();
    if (settings.next().isPresent()) {
      next.add(key(settings.next().get()));
    }
    List<SecretKey> previous = new ArrayList<>();
    for (Path file : settings.previous()) {
      previous.add(key(file));
    }
    return new MapKeys(key(settings.key()), next, previous);
  }

  private static SecretKey key(Path file) throws IdentityException {
    return Secret.load(file).key("HmacSHA256");
  }

  /** Adds what takes changes of the configuration while the node runs. */
  void follow(LiveParts<BackboneSettings> live) {
    live.reading("map", BackboneSettings::mapKeys, MapKeySettings::files, this::use);
  }

  private void use(MapKeySettings settings) throws IOException {
    try {
      MapKeys next = read(settings);
      if (next.all().noneMatch(keys.get().current()::equals)) {
        throw new IOException(
            settings.key()
                + ": what is stored was sealed with another key, and could not be opened any more"
                + " (expected: that one among map.previous-keys)");
      }
      keys.publish(next);
    } catch (IdentityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public MapKeys get() {
    return keys.get();
  }
}
