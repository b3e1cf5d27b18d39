package net.dglb.backbone.duty;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.backbone.wire.LabelRecord;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which holders are verified for which labels, kept over a restart. */
public final class DutyJournal {

  private static final Logger LOG = LoggerFactory.getLogger(DutyJournal.class);

  private final Map<String, byte[]> records;

  /** Keeps records in a durable map. */
  public DutyJournal(Map<String, byte[]> records) {
    this.records = records;
  }

  Map<LabelKey, List<Holding>> restore() {
    Map<LabelKey, List<Holding>> restored = new LinkedHashMap<>();
    records.forEach((key, bytes) -> {
      try {
        LabelRecord record = LabelRecord.parseFrom(bytes);
        restored
            .computeIfAbsent(
                new LabelKey(DomainName.of(record.getService()), record.getLabel()),
                _ -> new ArrayList<>())
            .add(
                new Holding(record.getHolder(), new HolderState.Verified(record.getZoneVersion())));
      } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
        LOG.warn("journal: label {} is unreadable and left out: {}", key, e.getMessage());
      }
    });
    return restored;
  }

  /** The load balancers that were verified for any label. */
  public Set<String> holders() {
    return restore().values().stream()
        .flatMap(List::stream)
        .map(Holding::holder)
        .collect(Collectors.toSet());
  }

  void put(LabelKey label, Holding holding) {
    if (holding.state() instanceof HolderState.Verified verified) {
      LabelRecord record =
          LabelRecord.newBuilder()
              .setLabel(label.label())
              .setService(label.service().toString())
              .setHolder(holding.holder())
              .setZoneVersion(verified.zoneVersion())
              .build();
      records.put(key(label, holding.holder()), record.toByteArray());
    }
  }

  void remove(LabelKey label, String holder) {
    records.remove(key(label, holder));
  }

  private static String key(LabelKey label, String holder) {
    return label + " " + holder;
  }
}
