package net.dglb.dns.serve;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of the slow path over UDP: sent at once, from the socket that the request came to. */
record DatagramReplies(Sender sender) implements SlowPath.Replies {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramReplies.class);

  /** How a transport sends to one receiver. */
  interface Sender {
    void send(byte[] message) throws IOException;
  }

  @Override
  public void send(byte[] message) throws IOException {
    sender.send(message);
  }

  @Override
  public void end(byte[] last) {
    if (last.length == 0) {
      return;
    }
    try {
      sender.send(last);
    } catch (IOException e) {
      LOG.debug("an answer was not sent: {}", e.toString());
    }
  }
}
