package net.dglb.trace;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xbill.DNS.Message;

/** Asks one server one question. */
@FunctionalInterface
public interface Exchange {

  /**
   * Sends a query and waits for its answer; asks again over TCP where the answer is truncated.
   *
   * @throws IOException if no answer that belongs to the query came in time; the message says why
   */
  Reply ask(InetSocketAddress server, Message query) throws IOException;

  /**
   * What came back.
   *
   * @param message the answer
   * @param transport {@code UDP}, {@code TCP}, or {@code UDP, then TCP} for a truncated answer
   * @param time from the first octet sent to the last one read
   */
  record Reply(Message message, String transport, Duration time) {}
}
