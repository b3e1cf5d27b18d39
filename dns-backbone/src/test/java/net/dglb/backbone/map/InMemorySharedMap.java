package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A shared map of one test: what it holds can be changed behind the nodes' backs. */
public final class InMemorySharedMap implements SharedMap {

  /** What the grid holds now. */
  public final Map<String, ByteString> held = new HashMap<>();

  /** Whether the grid is away: writes are lost and scans are not answered. */
  public boolean away;

  private final List<Runnable> hints = new ArrayList<>();

  @Override
  public void put(String key, ByteString value) {
    if (!away) {
      held.put(key, value);
    }
  }

  @Override
  public void scan(Consumer<Map<String, ByteString>> consumer) {
    if (!away) {
      consumer.accept(Map.copyOf(held));
    }
  }

  @Override
  public void onHint(Runnable hint) {
    hints.add(hint);
  }

  /** Tells every node that something may have changed. */
  public void hint() {
    hints.forEach(Runnable::run);
  }
}
