package net.dglb.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The keys that were asked for: what they are not is unknown. A tree in the shape of the file. */
final class KnownKeys {

  private final Map<String, KnownKeys> below = new TreeMap<>();
  private boolean value;

  /** The part of the tree under one more key, made if nobody asked for it yet. */
  KnownKeys child(String key) {
    return below.computeIfAbsent(key, k -> new KnownKeys());
  }

  /** Says that the value here is read as a whole: everything in it is known. */
  void markValue() {
    value = true;
  }

  boolean isValue() {
    return value;
  }

  boolean knows(String key) {
    return below.containsKey(key);
  }

  Set<String> keys() {
    return below.keySet();
  }
}
