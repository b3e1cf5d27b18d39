package net.dglb.lb.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.lb.state.SavedMessages;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.wire.Estimates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Estimates of places on disk, in the messages that carry them elsewhere. */
public final class SavedEstimates {

  private static final Logger LOG = LoggerFactory.getLogger(SavedEstimates.class);

  private final SavedMessages<Estimates> messages;

  /**
   * Uses a durable map.
   *
   * @param name what the entries are called in warnings
   */
  public SavedEstimates(String name, Map<String, byte[]> map) {
    messages = new SavedMessages<>(name, map, Estimates.parser());
  }

  List<PlaceEstimates> load() {
    List<PlaceEstimates> all = new ArrayList<>();
    messages
        .load()
        .forEach((key, message) -> {
          try {
            all.add(WireEstimates.fromWire(message));
          } catch (MalformedMessageException e) {
            LOG.warn("saved estimates \"{}\" are left out: {}", key, e.getMessage());
          }
        });
    return all;
  }

  void save(Collection<PlaceEstimates> all) {
    Map<String, Estimates> pages = new HashMap<>();
    for (PlaceEstimates estimates : all) {
      int page = 0;
      for (Estimates message : WireEstimates.toWire(estimates)) {
        pages.put(estimates.place() + "/" + page++, message);
      }
    }
    messages.save(pages);
  }
}
