package net.dglb.backbone.cluster;

import com.google.protobuf.ByteString;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.dglb.backbone.map.SharedMap;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * A shared map in a Hazelcast ReplicatedMap: every member holds every entry, so that a scan is
 * local. Writes wait until the grid is there, the newest of each key; the next scan repairs what is
 * lost.
 */
final class HazelcastMap implements SharedMap {

  private final String name;
  private final Executor grid;
  private final Timeline timeline;
  private final Map<String, ByteString> waiting = new ConcurrentHashMap<>();
  private final List<Runnable> hints = new CopyOnWriteArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicBoolean scanning = new AtomicBoolean();
  private final AtomicBoolean hinting = new AtomicBoolean();
  private volatile @Nullable ReplicatedMap<Object, Object> map;

  /**
   * A map that is away until it is connected.
   *
   * @param grid the thread that may hang
   */
  HazelcastMap(String name, Executor grid, Timeline timeline) {
    this.name = name;
    this.grid = grid;
    this.timeline = timeline;
  }

  /** On the grid's thread. */
  void connect(HazelcastInstance instance) {
    ReplicatedMap<Object, Object> connected = instance.getReplicatedMap(name);
    connected.addEntryListener(
        new EntryAdapter<Object, Object>() {
          @Override
          public void onEntryEvent(EntryEvent<Object, Object> event) {
            hint();
          }
        });
    map = connected;
    write();
  }

  /** On the grid's thread: the map is away from now on. */
  void disconnect() {
    map = null;
  }

  @Override
  public void put(String key, ByteString value) {
    waiting.put(key, value);
    if (map != null && writing.compareAndSet(false, true)) {
      grid.execute(this::write);
    }
  }

  @Override
  public void scan(Consumer<Map<String, ByteString>> consumer) {
    if (map != null && scanning.compareAndSet(false, true)) {
      grid.execute(() -> {
        scanning.set(false);
        Map<String, ByteString> copy = copy();
        timeline.execute(() -> consumer.accept(copy));
      });
    }
  }

  @Override
  public void onHint(Runnable hint) {
    hints.add(hint);
  }

  /** Tells that the map may have changed, many events at once. */
  void hint() {
    if (hinting.compareAndSet(false, true)) {
      timeline.execute(() -> {
        hinting.set(false);
        hints.forEach(Runnable::run);
      });
    }
  }

  private void write() {
    writing.set(false);
    ReplicatedMap<Object, Object> connected = map;
    if (connected != null) {
      waiting.forEach((key, value) -> {
        connected.put(key, value.toByteArray());
        waiting.remove(key, value);
      });
    }
  }

  /** What a stranger put there in another form is left out, as anything without a seal is. */
  private Map<String, ByteString> copy() {
    Map<String, ByteString> copy = new HashMap<>();
    ReplicatedMap<Object, Object> connected = map;
    if (connected != null) {
      connected
          .entrySet()
          .forEach(entry -> {
            if (entry.getKey() instanceof String key && entry.getValue() instanceof byte[] octets) {
              copy.put(key, ByteString.copyFrom(octets));
            }
          });
    }
    return copy;
  }
}
