package net.dglb.dns.serve;

import java.net.InetAddress;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;

/**
 * Where questions wait for what is about to be known, off the DNS threads. Called on the DNS
 * threads.
 */
public interface WaitingRoom {

  /**
   * Answers queries off the DNS threads, such as those that have waited, as the server would.
   * Thread-safe.
   */
  interface Late {

    /**
     * The answer as it is now; empty if there is none.
     *
     * @param query the message as it came
     */
    byte[] answer(byte[] query, InetAddress source, Transport transport);
  }

  /**
   * Takes a question without waiting for anything; its replies are to be ended once, with an answer
   * of now.
   *
   * @param awaited what the zone wants to be known first
   * @param late gives the answer then
   * @return false if there is no room: the question is answered at once
   */
  boolean take(SlowPath.Request request, DomainName awaited, Late late);
}
