package net.dglb.lb.duty;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements of duties that wait until DNS here answers the label: to each backbone node its
 * own, since only its own session's count for what it refers.
 */
final class OwedAcks {

  private final Map<LabelName, Map<String, Owed>> owed = new LinkedHashMap<>();

  /** Owed since something was paid last. */
  private final Set<LabelName> fresh = new LinkedHashSet<>();

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
    fresh.add(label);
  }

  void drop(LabelName label) {
    owed.remove(label);
  }

  void drop(LabelName label, String node) {
    owed.computeIfPresent(label, (_, byNode) -> without(node, byNode));
  }

  private static @Nullable Map<String, Owed> without(String node, Map<String, Owed> byNode) {
    byNode.remove(node);
    return byNode.isEmpty() ? null : byNode;
  }

  void drop(Session session) {
    owed.values()
        .removeIf(byNode -> {
          byNode.values().removeIf(it -> it.session.equals(session));
          return byNode.isEmpty();
        });
  }

  int size() {
    return owed.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Sends what is owed for labels that are answered now, of those of which that may have changed
   * and of those for which something is owed since the last time.
   */
  void pay(
      Collection<LabelName> changed,
      Predicate<LabelName> answered,
      Function<LabelName, DutyAck> acknowledgement) {
    fresh.addAll(changed);
    for (LabelName label : fresh) {
      Map<String, Owed> byNode = owed.get(label);
      if (byNode != null && answered.test(label)) {
        owed.remove(label);
        DutyAck ack = acknowledgement.apply(label);
        byNode.values().forEach(it -> send(it, ack));
      }
    }
    fresh.clear();
  }

  private static void send(Owed owed, DutyAck ack) {
    owed.session.send(Frame.newBuilder().setCorrelation(owed.correlation).setDutyAck(ack).build());
  }
}
