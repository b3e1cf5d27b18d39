package net.dglb.mapping.session;

import java.time.Instant;

/** How far a client is with one of its peers. */
public sealed interface PeerState {

  /** A connection is being made or greeted since then. */
  record Connecting(Instant since) implements PeerState {}

  /** The session is open since then. */
  record Open(Session session, Instant since) implements PeerState {}

  /**
   * Waiting to try again.
   *
   * @param until when the next attempt is made
   * @param why what ended the last attempt or session, for people
   */
  record Waiting(Instant until, String why) implements PeerState {}
}
