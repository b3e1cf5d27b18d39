package net.dglb.lb.duty;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;

/**
 * Acknowledgements of duties that wait until DNS here answers the label: to each backbone node its
 * own, since only its own session's count for what it refers.
 */
final class OwedAcks {

  private final Map<LabelName, Map<String, Owed>> owed = new LinkedHashMap<>();

  private record Owed(Session session, long correlation, long zoneVersion) {}

  void add(LabelName label, Session session, Frame frame) {
    Duty duty = frame.getDuty();
    owed.computeIfAbsent(label, _ -> new HashMap<>())
        .put(session.peer().id(), new Owed(session, frame.getCorrelation(), duty.getZoneVersion()));
  }

  void drop(LabelName label) {
    owed.remove(label);
  }

  void drop(LabelName label, String node) {
    Map<String, Owed> byNode = owed.get(label);
    if (byNode != null) {
      byNode.remove(node);
    }
  }

  void drop(Session session) {
    owed.values().forEach(byNode -> byNode.values().removeIf(it -> it.session.equals(session)));
  }

  int size() {
    return owed.values().stream().mapToInt(Map::size).sum();
  }

  /** Sends what is owed for labels that are answered now. */
  void pay(Predicate<LabelName> answered) {
    owed.entrySet()
        .removeIf(entry -> {
          if (entry.getValue().isEmpty()) {
            return true;
          }
          if (!answered.test(entry.getKey())) {
            return false;
          }
          entry.getValue().values().forEach(it -> send(entry.getKey(), it));
          return true;
        });
  }

  private static void send(LabelName label, Owed owed) {
    owed.session.send(
        Frame.newBuilder()
            .setCorrelation(owed.correlation)
            .setDutyAck(
                DutyAck.newBuilder()
                    .setLabel(label.place())
                    .setService(label.service().toString())
                    .setZoneVersion(owed.zoneVersion))
            .build());
  }
}
