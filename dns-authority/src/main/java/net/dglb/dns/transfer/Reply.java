package net.dglb.dns.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.dglb.dns.wire.MessageLimits;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** What all answers have in common that are made of dnsjava's records, away from the query path. */
public final class Reply {

  private static final int PADDING_HEADER_OCTETS = 4;

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
   * Adds the OPT record of the answer and encodes it.
   *
   * @param opt in wire form; empty for none. If it has padding, it gets as much as the answer needs
   * @param mostOctets of a longer answer records are left out, and TC is set
   * @param more options beside those in the OPT record
   */
  public static byte[] toWire(Message reply, byte[] opt, int mostOctets, EDNSOption... more) {
    if (opt.length == 0) {
      return reply.toWire(mostOctets);
    }
    OPTRecord given = read(opt);
    List<EDNSOption> options = new ArrayList<>(given.getOptions());
    options.addAll(List.of(more));
    boolean isPadded = options.removeIf(it -> it.getCode() == EDNSOption.Code.PADDING);
    OPTRecord unpadded = with(given, options);
    reply.addRecord(unpadded, Section.ADDITIONAL);
    byte[] wire = reply.toWire(mostOctets);
    int data = wire.length + PADDING_HEADER_OCTETS;
    int padding = Math.min(MessageLimits.padded(data), mostOctets) - data;
    if (!isPadded || padding < 0) {
      return wire;
    }
    options.add(new GenericEDNSOption(EDNSOption.Code.PADDING, new byte[padding]));
    reply.removeRecord(unpadded, Section.ADDITIONAL);
    reply.addRecord(with(given, options), Section.ADDITIONAL);
    return reply.toWire(mostOctets);
  }

  private static OPTRecord with(OPTRecord given, List<EDNSOption> options) {
    return new OPTRecord(given.getPayloadSize(), 0, 0, given.getFlags(), options);
  }

  private static OPTRecord read(byte[] opt) {
    try {
      return (OPTRecord) Record.fromWire(opt, Section.ADDITIONAL);
    } catch (IOException e) {
      throw new UncheckedIOException("an OPT record of this server cannot be read", e);
    }
  }
}
