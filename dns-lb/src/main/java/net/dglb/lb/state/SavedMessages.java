package net.dglb.lb.state;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One durable map of messages.
 *
 * @param <M> the message that is kept under each key
 */
public final class SavedMessages<M extends MessageLite> {

  private static final Logger LOG = LoggerFactory.getLogger(SavedMessages.class);

  private final String name;
  private final Map<String, byte[]> store;
  private final Parser<M> parser;

  /** What is in the map, as far as this object put it there. */
  private Map<String, ?> last = Map.of();

  /**
   * Wraps a durable map.
   *
   * @param name for messages about entries that cannot be read
   */
  public SavedMessages(String name, Map<String, byte[]> store, Parser<M> parser) {
    this.name = name;
    this.store = store;
    this.parser = parser;
  }

  /** Everything that can be read; an entry that cannot is passed over with a warning. */
  public Map<String, M> load() {
    Map<String, M> messages = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : store.entrySet()) {
      try {
        messages.put(entry.getKey(), parser.parseFrom(entry.getValue()));
      } catch (InvalidProtocolBufferException e) {
        LOG.warn(
            "saved {} \"{}\" is not readable and is left out: {}",
            name,
            entry.getKey(),
            e.getMessage());
      }
    }
    return messages;
  }

  /** Makes the durable map hold exactly these messages; writes only what differs. */
  public void save(Map<String, M> messages) {
    removeOthers(messages.keySet());
    messages.forEach(this::put);
  }

  /**
   * The same of what seldom changes: only what is not as it was saved last is made a message.
   *
   * @param <V> immutable
   */
  public <V> void save(Map<String, V> values, Function<V, M> toWire) {
    removeOthers(values.keySet());
    values.forEach((key, value) -> {
      if (!value.equals(last.get(key))) {
        put(key, toWire.apply(value));
      }
    });
    last = Map.copyOf(values);
  }

  private void removeOthers(Set<String> keys) {
    // The store's key set is for reading only.
    for (String key : List.copyOf(store.keySet())) {
      if (!keys.contains(key)) {
        store.remove(key);
      }
    }
  }

  private void put(String key, M message) {
    byte[] bytes = message.toByteArray();
    if (!Arrays.equals(bytes, store.get(key))) {
      store.put(key, bytes);
    }
  }
}
