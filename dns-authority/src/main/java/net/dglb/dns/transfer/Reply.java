package net.dglb.dns.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
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

  /**
   * Adds the OPT record of the answer.
   *
   * @param opt in wire form; empty for none
   * @param more options beside those in it
   */
  public static void addOpt(byte[] opt, Message reply, EDNSOption... more) {
    if (opt.length == 0) {
      return;
    }
    OPTRecord given = read(opt);
    List<EDNSOption> options = new ArrayList<>(given.getOptions());
    options.addAll(List.of(more));
    reply.addRecord(
        new OPTRecord(given.getPayloadSize(), 0, 0, given.getFlags(), options), Section.ADDITIONAL);
  }

  private static OPTRecord read(byte[] opt) {
    try {
      return (OPTRecord) Record.fromWire(opt, Section.ADDITIONAL);
    } catch (IOException e) {
      throw new UncheckedIOException("an OPT record of this server cannot be read", e);
    }
  }
}
