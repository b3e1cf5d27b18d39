package net.dglb.authority;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.mapping.session.Session;

/**
 * What each backbone node with an open session said last about one thing. Each knows a part at
 * times, after an empty start or in a partition; only all of them together say what is true.
 * Belongs to the control thread.
 */
final class Statements<T> {

  private final Map<Session, T> bySession = new LinkedHashMap<>();

  /** Takes what a node says now instead of what it said before. */
  void heard(Session session, T statement) {
    bySession.put(session, statement);
  }

  /** Forgets what was said on a session that ended; returns whether anything was. */
  boolean ended(Session session) {
    return bySession.remove(session) != null;
  }

  /** What stands now, in an order that does not depend on who spoke first. */
  List<T> standing() {
    return bySession.entrySet().stream()
        .sorted(Comparator.comparing(said -> said.getKey().peer().id()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
