package net.dglb.dns.slow;

import java.io.IOException;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.tsig.AnswerSigner;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Answers queries whose signature is good, so that the answer's own signature has room as well. */
final class SignedQuery {

  private SignedQuery() {}

  /**
   * What the server answers, still to be signed: truncated if it would not fit once it is (RFC 8945
   * section 5.3); empty for silence.
   */
  static byte[] answer(SlowPath.Request request, ReceivedMessage received, AnswerSigner signer) {
    byte[] plain = request.answer(received.withoutSignature());
    if (request.transport() != Transport.UDP || plain.length == 0) {
      return plain;
    }
    int room = room(received.message()) - signer.octets();
    return plain.length <= room ? plain : truncated(plain);
  }

  private static int room(Message asked) {
    OPTRecord opt = asked.getOPT();
    return opt == null
        ? MessageLimits.UDP_PAYLOAD_MIN
        : Math.clamp(
            opt.getPayloadSize(), MessageLimits.UDP_PAYLOAD_MIN, MessageLimits.UDP_PAYLOAD_MAX);
  }

  private static byte[] truncated(byte[] plain) {
    try {
      Message whole = new Message(plain);
      whole.getHeader().setFlag(Flags.TC);
      OPTRecord opt = whole.getOPT();
      for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
        whole.removeAllRecords(section);
      }
      if (opt != null) {
        whole.addRecord(opt, Section.ADDITIONAL);
      }
      return whole.toWire();
    } catch (IOException e) {
      throw new IllegalStateException("an answer of this server cannot be read", e);
    }
  }
}
