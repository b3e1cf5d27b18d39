package net.dglb.dns.wire;

import java.nio.ByteBuffer;
import net.dglb.dns.prefix.AddressBits;

/**
 * Writes the OPT record of an answer (RFC 6891), with the client subnet option echoed (RFC 7871)
 * and an Extended DNS Error (RFC 8914) if a zone set one.
 */
final class OptWriter {

  static final int OPTION_CLIENT_SUBNET = 8;
  private static final int OPTION_EXTENDED_ERROR = 15;
  private static final int FIXED_OCTETS = 11;
  private static final int OPTION_HEADER_OCTETS = 4;
  private static final int SUBNET_FIXED_OCTETS = 4;
  private static final int FLAG_DO = 0x8000;
  private static final int NO_ERROR_CODE = -1;
  private static final byte[] NO_TEXT = {};

  private final int udpPayloadMax;
  private Query query = new Query();
  private int scope;
  private int errorCode;
  private byte[] errorText = NO_TEXT;

  OptWriter(int udpPayloadMax) {
    this.udpPayloadMax = udpPayloadMax;
  }

  void begin(Query answered) {
    query = answered;
    scope = 0;
    errorCode = NO_ERROR_CODE;
    errorText = NO_TEXT;
  }

  void subnetScope(int bits) {
    if (bits < 0 || bits > 128) {
      throw new IllegalArgumentException("subnet scope: " + bits + " (expected 0 to 128)");
    }
    scope = bits;
  }

  void extendedError(int code, byte[] text) {
    errorCode = code;
    errorText = text;
  }

  /** What must stay free for the record and the options that have to be in it. */
  int reservedOctets() {
    return query.edns ? FIXED_OCTETS + subnetOctets() : 0;
  }

  private int subnetOctets() {
    return query.subnetPresent
        ? OPTION_HEADER_OCTETS + SUBNET_FIXED_OCTETS + addressOctets(query.subnet().length())
        : 0;
  }

  static int addressOctets(int prefixLength) {
    return (prefixLength + 7) >>> 3;
  }

  /** Writes the record and returns where it ends. */
  int write(ByteBuffer buffer, int start, int rcode, int maxOctets) {
    buffer.put(start, (byte) 0);
    buffer.putShort(start + 1, (short) RecordType.OPT);
    buffer.putShort(start + 3, (short) udpPayloadMax);
    buffer.putShort(start + 5, (short) ((rcode >>> 4) << 8));
    buffer.putShort(start + 7, (short) (query.dnssecOk ? FLAG_DO : 0));
    int end = start + FIXED_OCTETS;
    if (query.subnetPresent) {
      end = writeSubnet(buffer, end);
    }
    if (errorCode != NO_ERROR_CODE
        && end + OPTION_HEADER_OCTETS + 2 + errorText.length <= maxOctets) {
      end = writeExtendedError(buffer, end);
    }
    buffer.putShort(start + 9, (short) (end - start - FIXED_OCTETS));
    return end;
  }

  private int writeSubnet(ByteBuffer buffer, int start) {
    AddressBits subnet = query.subnet();
    int octets = addressOctets(subnet.length());
    buffer.putShort(start, (short) OPTION_CLIENT_SUBNET);
    buffer.putShort(start + 2, (short) (SUBNET_FIXED_OCTETS + octets));
    buffer.putShort(start + 4, (short) query.subnetFamily);
    buffer.put(start + 6, (byte) subnet.length());
    buffer.put(start + 7, (byte) scope);
    int at = start + OPTION_HEADER_OCTETS + SUBNET_FIXED_OCTETS;
    for (int i = 0; i < octets; i++) {
      long half = i < 8 ? subnet.high() : subnet.low();
      buffer.put(at + i, (byte) (half >>> (56 - 8 * (i & 7))));
    }
    return at + octets;
  }

  private int writeExtendedError(ByteBuffer buffer, int start) {
    buffer.putShort(start, (short) OPTION_EXTENDED_ERROR);
    buffer.putShort(start + 2, (short) (2 + errorText.length));
    buffer.putShort(start + 4, (short) errorCode);
    buffer.put(start + 6, errorText);
    return start + 6 + errorText.length;
  }
}
