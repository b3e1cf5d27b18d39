package net.dglb.mapping.session;

import net.dglb.mapping.wire.Frame;

/**
 * Hears of the sessions of a server or client. Always called on the timeline that was given to it:
 * for each session once {@code opened}, then {@code received} in the order of arrival, then once
 * {@code closed}.
 */
public interface SessionListener {

  /**
   * Both sides have greeted. If it replaces an older one of the same peer, that one's closed came
   * first.
   */
  void opened(Session session);

  /**
   * A frame other than those of the session itself. Its message may be an error about an earlier
   * request (never a fatal one), never an unknown one.
   */
  void received(Session session, Frame frame);

  /**
   * The session is over.
   *
   * @param why for people
   */
  void closed(Session session, String why);
}
