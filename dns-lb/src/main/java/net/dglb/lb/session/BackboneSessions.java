package net.dglb.lb.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sessions, one per backbone node, and the parts of the load balancer that hear of them in
 * the order in which they were given. A part that fails does not keep the others from hearing. Used
 * on the control thread only.
 */
public final class BackboneSessions implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneSessions.class);

  private final NavigableMap<String, Session> open = new TreeMap<>();
  private List<SessionListener> parts = List.of();

  /** Adds parts, which hear after those before; to be called before the first session. */
  public void connect(List<SessionListener> listeners) {
    List<SessionListener> all = new ArrayList<>(parts);
    all.addAll(listeners);
    parts = List.copyOf(all);
  }

  /** The open sessions in the order of their nodes' ids. */
  public Collection<Session> open() {
    return List.copyOf(open.values());
  }

  /** Sends a frame to every backbone node with an open session. */
  public void broadcast(Frame frame) {
    open().forEach(session -> session.send(frame));
  }

  @Override
  public void opened(Session session) {
    if (session.peer().role() != NodeRole.BACKBONE) {
      return;
    }
    open.put(session.peer().id(), session);
    LOG.info("session with {} at {} is open", session.peer().id(), session.remote());
    parts.forEach(part -> guarded(session, () -> part.opened(session)));
  }

  @Override
  public void received(Session session, Frame frame) {
    if (session.equals(open.get(session.peer().id()))) {
      parts.forEach(part -> guarded(session, () -> part.received(session, frame)));
    }
  }

  @Override
  public void closed(Session session, String why) {
    if (open.remove(session.peer().id(), session)) {
      LOG.warn(
          "session with {} is over: {}; what it asked for goes on being answered",
          session.peer().id(),
          why);
      parts.forEach(part -> guarded(session, () -> part.closed(session, why)));
    }
  }

  private static void guarded(Session session, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("an event of the session with {} failed", session.peer(), e);
    }
  }
}
