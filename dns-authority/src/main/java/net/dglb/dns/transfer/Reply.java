package net.dglb.dns.transfer;

import java.util.List;
import net.dglb.dns.wire.MessageLimits;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** What all answers have in common that are made of dnsjava's records, away from the query path. */
public final class Reply {

  private Reply() {}

  /** An answer with the request's id, opcode and RD bit, and nothing in it. */
  public static Message to(Message request) {
    Message reply = new Message(request.getHeader().getID());
    reply.getHeader().setOpcode(request.getHeader().getOpcode());
    reply.getHeader().setFlag(Flags.QR);
    if (request.getHeader().getFlag(Flags.RD)) {
      reply.getHeader().setFlag(Flags.RD);
    }
    return reply;
  }

  /** Adds an OPT record if the request had one (RFC 6891 section 6.1.1). */
  public static void addOpt(Message request, Message reply, EDNSOption... options) {
    OPTRecord asked = request.getOPT();
    if (asked != null) {
      reply.addRecord(
          new OPTRecord(
              MessageLimits.UDP_PAYLOAD_MAX,
              0,
              0,
              asked.getFlags() & ExtendedFlags.DO,
              List.of(options)),
          Section.ADDITIONAL);
    }
  }
}
