package net.dglb.dns.wire;

/**
 * Bits of the second word of the header (RFC 1035 section 4.1.1, RFC 4035 section 3.2), and of the
 * flags of the OPT record.
 */
final class MessageFlags {

  static final int QR = 0x8000;
  static final int OPCODE = 0x7800;

  /** The opcode of RFC 2136. */
  static final int UPDATE = 0x2800;

  static final int AA = 0x0400;
  static final int TC = 0x0200;
  static final int RD = 0x0100;
  static final int CD = 0x0010;
  static final int RCODE = 0x000f;

  /** What an answer takes over from its query; RA, Z and AD stay clear. */
  static final int COPIED = OPCODE | RD | CD;

  /** In the OPT record (RFC 3225). */
  static final int DO = 0x8000;

  /** In the OPT record (RFC 9824 section 5.1). */
  static final int CO = 0x4000;

  private MessageFlags() {}
}
