package net.dglb.dns.slow;

import java.net.InetAddress;
import java.util.function.Consumer;
import net.dglb.dns.tsig.ReceivedMessage;

/** Who takes dynamic updates (RFC 2136). */
public interface UpdateSink {

  /**
   * Takes an update without waiting for what becomes of it.
   *
   * @param update parsed; its signature was checked and is good, or it has none
   * @param answer is told once what became of it, from any thread
   */
  void take(ReceivedMessage update, InetAddress source, Consumer<UpdateAnswer> answer);
}
