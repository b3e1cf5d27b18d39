package net.dglb.dns.serve;

import java.io.IOException;
import java.util.Arrays;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;

/** What holds for every answer, whatever was asked. Without a test library: fuzzers use it too. */
final class AnswerCheck {

  private static final int HEADER_OCTETS = 12;
  private static final int TC = 0x02;

  private AnswerCheck() {}

  /**
   * Checks an answer.
   *
   * @param answer empty for silence
   * @throws AssertionError if something is wrong with it
   */
  static void check(byte[] query, byte[] answer, Transport transport) {
    if (answer.length == 0) {
      require(query.length < HEADER_OCTETS || query[2] < 0, "silence is for what is no query");
      return;
    }
    Message parsed = parse(answer);
    if (parsed == null) {
      return;
    }
    require(answer[0] == query[0] && answer[1] == query[1], "the id is another one");
    require((answer[2] & 0x80) != 0, "QR is not set");
    if (answer[5] == 1) {
      int end = HEADER_OCTETS + parsed.getQuestion().getName().length() + 4;
      require(
          Arrays.equals(answer, HEADER_OCTETS, end, query, HEADER_OCTETS, end),
          "the question is another one");
    }
    if (parsed.getRcode() != Rcode.FORMERR && parsed.getHeader().getOpcode() == Opcode.QUERY) {
      require(isAnsweredInKind(query, parsed), "there is an OPT record iff none was sent");
    }
    if (transport == Transport.UDP) {
      int limit =
          parsed.getOPT() == null ? MessageLimits.UDP_PAYLOAD_MIN : MessageLimits.UDP_PAYLOAD_MAX;
      require(answer.length <= limit, "it is " + answer.length + " octets long");
    }
  }

  /**
   * True also for a query that dnsjava cannot read: it looks into more records than the server.
   * With the TC bit it would not say so, but leave out what it cannot read.
   */
  private static boolean isAnsweredInKind(byte[] query, Message answer) {
    byte[] whole = query.clone();
    whole[2] &= ~TC;
    try {
      return (new Message(whole).getOPT() == null) == (answer.getOPT() == null);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  /** Null for what dnsjava does not know although it is right: a client subnet without family. */
  private static @Nullable Message parse(byte[] answer) {
    try {
      return new Message(answer);
    } catch (IOException e) {
      if ("unknown address family".equals(e.getMessage())) {
        return null;
      }
      throw new AssertionError("the answer cannot be read: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
