package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A map that all backbone nodes hold in common, as good as the network between them allows: writes
 * may be lost, old values may come back, and it may be away altogether. Nothing here blocks: work
 * that may hang is done on the map's own thread.
 */
public interface SharedMap {

  /** Puts a value, some time; nothing happens while the map is away. Any thread. */
  void put(String key, ByteString value);

  /**
   * Reads the whole map and gives a copy to the consumer on the control thread, later; does not
   * call it while the map is away.
   */
  void scan(Consumer<Map<String, ByteString>> consumer);

  /** What to call on the control thread when the map may have changed. A hint, never complete. */
  void onHint(Runnable hint);
}
