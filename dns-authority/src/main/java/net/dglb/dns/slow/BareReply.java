package net.dglb.dns.slow;

import java.nio.ByteBuffer;
import net.dglb.dns.transfer.Reply;
import net.dglb.dns.wire.MessageLimits;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Answers without records. */
final class BareReply {

  private static final int HEADER_OCTETS = 12;
  private static final int QR = 0x8000;
  private static final int OPCODE_AND_RD = 0x7900;

  private BareReply() {}

  /**
   * With the question, or an update's zone, as it was asked (RFC 2136 section 3.8).
   *
   * @param opt the OPT record in wire form; empty for none
   * @param why goes into the OPT record
   */
  static byte[] of(Message request, byte[] opt, int rcode, ExtendedErrorCodeOption... why) {
    Message reply = Reply.to(request);
    reply.getHeader().setRcode(rcode);
    Record question = request.getQuestion();
    if (question != null) {
      reply.addRecord(question, Section.QUESTION);
    }
    return Reply.toWire(reply, opt, MessageLimits.MESSAGE_MAX, why);
  }

  /** The header alone, for a message of which no more can be read. */
  static byte[] unreadable(byte[] request, int rcode) {
    ByteBuffer asked = ByteBuffer.wrap(request);
    int flags = QR | (asked.getShort(2) & OPCODE_AND_RD) | rcode;
    return ByteBuffer.allocate(HEADER_OCTETS)
        .putShort(asked.getShort(0))
        .putShort((short) flags)
        .array();
  }
}
