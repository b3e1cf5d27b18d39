package net.dglb.mapping.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dglb.mapping.wire.Frame;

/** A listener that remembers. */
final class Recorder implements SessionListener {

  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Session> sessions = new CopyOnWriteArrayList<>();
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final List<String> reasons = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();

  @Override
  public void opened(Session session) {
    note("opened " + session.peer().id());
    sessions.add(session);
  }

  @Override
  public void received(Session session, Frame frame) {
    note("received " + frame.getMessageCase());
    frames.add(frame);
  }

  @Override
  public void closed(Session session, String why) {
    note("closed " + session.peer().id());
    reasons.add(why);
  }

  Session session() {
    return sessions.getLast();
  }

  private void note(String event) {
    events.add(event);
    threads.add(Thread.currentThread().getName());
  }
}
