package net.dglb.lb.duty;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;

/**
 * Acknowledgements of duties that wait until DNS here answers the label: to each backbone node its
 * own, since only its own session's count for what it refers.
 */
final class OwedAcks {

  private final Map<LabelName, Map<String, Owed>> owed = new LinkedHashMap<>();

  private record Owed(Session session, long correlation) {}

  /** A duty came in: its frame is answered. */
  void add(LabelName label, Session session, Frame frame) {
    add(label, new Owed(session, frame.getCorrelation()));
  }

  /** A node is back that gave this duty: it is told that the duty is held, whatever it knows. */
  void repeat(LabelName label, Session session) {
    add(label, new Owed(session, 0));
  }

  private void add(LabelName label, Owed one) {
    owed.computeIfAbsent(label, _ -> new HashMap<>()).put(one.session.peer().id(), one);
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
  void pay(Predicate<LabelName> answered, Function<LabelName, DutyAck> acknowledgement) {
    owed.entrySet()
        .removeIf(entry -> {
          if (entry.getValue().isEmpty()) {
            return true;
          }
          if (!answered.test(entry.getKey())) {
            return false;
          }
          DutyAck ack = acknowledgement.apply(entry.getKey());
          entry.getValue().values().forEach(it -> send(it, ack));
          return true;
        });
  }

  private static void send(Owed owed, DutyAck ack) {
    owed.session.send(Frame.newBuilder().setCorrelation(owed.correlation).setDutyAck(ack).build());
  }
}
