package net.dglb.node;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * One map of a store: all of it in memory, so that nothing is lost while the disk takes nothing,
 * and what has changed since it was last written. Thread-safe.
 */
final class StateMap extends AbstractMap<String, byte[]> {

  private final ConcurrentSkipListMap<String, byte[]> values = new ConcurrentSkipListMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  /** Holds what is on disk. */
  StateMap(Map<String, byte[]> onDisk) {
    values.putAll(onDisk);
  }

  /** Writes what has changed since it was last called. */
  void writeChanges(Map<String, byte[]> disk) {
    for (String key : List.copyOf(changed)) {
      changed.remove(key);
      byte[] value = values.get(key);
      if (value == null) {
        disk.remove(key);
      } else {
        disk.put(key, value);
      }
    }
  }

  /** Makes a disk that may hold an older state, or nothing, equal to this. */
  void writeAll(Map<String, byte[]> disk) {
    changed.addAll(values.keySet());
    changed.addAll(disk.keySet());
    changed.removeIf(key -> Arrays.equals(values.get(key), disk.get(key)));
    writeChanges(disk);
  }

  @Override
  public byte @Nullable [] get(Object key) {
    return values.get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return values.containsKey(key);
  }

  @Override
  public byte @Nullable [] put(String key, byte[] value) {
    byte[] before = values.put(key, value);
    changed.add(key);
    return before;
  }

  @Override
  public byte @Nullable [] remove(Object key) {
    byte[] before = values.remove(key);
    if (before != null) {
      changed.add((String) key);
    }
    return before;
  }

  @Override
  public Set<Entry<String, byte[]>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<String, byte[]>> {
    @Override
    public Iterator<Entry<String, byte[]>> iterator() {
      Iterator<Entry<String, byte[]>> all = values.entrySet().iterator();
      return new Iterator<>() {
        private @Nullable String last;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Entry<String, byte[]> next() {
          Entry<String, byte[]> entry = all.next();
          last = entry.getKey();
          return entry;
        }

        @Override
        public void remove() {
          all.remove();
          if (last != null) {
            changed.add(last);
          }
        }
      };
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
