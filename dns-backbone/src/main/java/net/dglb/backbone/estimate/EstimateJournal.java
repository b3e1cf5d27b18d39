package net.dglb.backbone.estimate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.wire.Estimates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps estimates over a restart: what changed is written now and then. */
public final class EstimateJournal {

  private static final Logger LOG = LoggerFactory.getLogger(EstimateJournal.class);

  private final Map<String, byte[]> records;
  private final EstimateTable table;
  private final Set<String> changed = new HashSet<>();

  /** Fills the table with what was kept. */
  public EstimateJournal(Map<String, byte[]> records, EstimateTable table) {
    this.records = records;
    this.table = table;
    records.forEach((key, bytes) -> {
      try {
        PlaceEstimates kept = WireEstimates.fromWire(Estimates.parseFrom(bytes));
        table.put(kept.place(), kept.states());
      } catch (InvalidProtocolBufferException | MalformedMessageException e) {
        LOG.warn("journal: estimates {} are unreadable and left out: {}", key, e.getMessage());
      }
    });
    table.onChange(changed::add);
  }

  /**
   * Writes what changed since the last call.
   *
   * @param afterCommit brings it to disk, if there is anything
   */
  public void write(Consumer<Runnable> afterCommit) {
    if (changed.isEmpty()) {
      return;
    }
    for (String place : changed) {
      List<Estimates> pages = WireEstimates.toWire(new PlaceEstimates(place, table.all(place)));
      for (int i = 0; i < pages.size(); i++) {
        records.put(place + " " + i, pages.get(i).toByteArray());
      }
    }
    changed.clear();
    afterCommit.accept(() -> {});
  }
}
