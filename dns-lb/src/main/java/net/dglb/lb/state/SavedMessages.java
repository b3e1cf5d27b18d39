package net.dglb.lb.state;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    // The store's key set is for reading only.
    for (String key : List.copyOf(store.keySet())) {
      if (!messages.containsKey(key)) {
        store.remove(key);
      }
    }
    messages.forEach((key, message) -> {
      byte[] bytes = message.toByteArray();
      if (!Arrays.equals(bytes, store.get(key))) {
        store.put(key, bytes);
      }
    });
  }
}
