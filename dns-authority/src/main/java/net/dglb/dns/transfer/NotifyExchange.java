package net.dglb.dns.transfer;

import java.util.function.Consumer;
import net.dglb.net.Endpoint;

/** Sends one message over UDP and waits for its answer. */
public interface NotifyExchange {

  /**
   * Sends without waiting.
   *
   * @param answer is told once, from any thread: the first message that came back, or nothing if
   *     none came in time
   */
  void ask(Endpoint to, byte[] message, Consumer<byte[]> answer);
}
