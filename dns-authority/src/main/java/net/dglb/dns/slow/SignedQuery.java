package net.dglb.dns.slow;

import java.io.IOException;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.tsig.AnswerSigner;
import net.dglb.dns.tsig.ReceivedMessage;
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
    boolean fits = plain.length == 0 || plain.length + signer.octets() <= request.mostOctets();
    return fits ? plain : truncated(plain);
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
