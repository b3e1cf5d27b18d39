package net.dglb.dns.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.dglb.dns.prefix.AddressBits;

/**
 * Writes the OPT record of an answer (RFC 6891), with the options that the query asked for, and an
 * Extended DNS Error (RFC 8914) if one was set.
 */
final class OptWriter {

  private static final int FIXED_OCTETS = 11;
  private static final int OPTION_HEADER_OCTETS = 4;
  private static final int SUBNET_FIXED_OCTETS = 4;
  private static final int NO_ERROR_CODE = -1;
  private static final byte[] NOTHING = {};

  private static final int COOKIE_OCTETS = 24;
  private static final int KEEPALIVE_OCTETS = 2;

  private final int udpPayloadMax;
  private final byte[] nsid;
  private Query query = new Query();
  private int scope;
  private int errorCode;
  private byte[] errorText = NOTHING;
  private boolean compactDenial;
  private int keepaliveDeciseconds;

  OptWriter(AnswerSettings settings) {
    this.udpPayloadMax = settings.udpPayloadMax();
    this.nsid = settings.nsid().getBytes(StandardCharsets.UTF_8);
  }

  void keepalive(int deciseconds) {
    keepaliveDeciseconds = deciseconds;
  }

  void begin(Query answered) {
    query = answered;
    scope = 0;
    errorCode = NO_ERROR_CODE;
    errorText = NOTHING;
    compactDenial = false;
  }

  void compactDenial() {
    compactDenial = true;
  }

  void subnetScope(int bits) {
    if (bits < 0 || bits > 128) {
      throw new IllegalArgumentException("subnet scope: " + bits + " (expected 0 to 128)");
    }
    scope = bits;
  }

  void subnetScopeAtLeast(int bits) {
    subnetScope(Math.max(scope, bits));
  }

  void extendedError(int code, byte[] text) {
    errorCode = code;
    errorText = text;
  }

  /** What must stay free for the record and the options that have to be in it. */
  int reservedOctets() {
    if (!query.edns) {
      return 0;
    }
    int octets = FIXED_OCTETS + subnetOctets();
    octets += query.cookiePresent ? OPTION_HEADER_OCTETS + COOKIE_OCTETS : 0;
    octets += tellsNsid() ? OPTION_HEADER_OCTETS + nsid.length : 0;
    return octets + (query.keepaliveAsked ? OPTION_HEADER_OCTETS + KEEPALIVE_OCTETS : 0);
  }

  private boolean tellsNsid() {
    return query.nsidAsked && nsid.length > 0;
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
    buffer.putShort(start + 7, (short) flags());
    int end = start + FIXED_OCTETS;
    if (query.subnetPresent) {
      end = writeSubnet(buffer, end);
    }
    if (query.cookiePresent) {
      writeHeader(buffer, end, OptionCode.COOKIE, COOKIE_OCTETS);
      buffer.putLong(end + 4, query.clientCookie);
      buffer.putLong(end + 12, query.serverCookieHigh);
      buffer.putLong(end + 20, query.serverCookieLow);
      end += OPTION_HEADER_OCTETS + COOKIE_OCTETS;
    }
    if (tellsNsid()) {
      writeHeader(buffer, end, OptionCode.NSID, nsid.length);
      buffer.put(end + OPTION_HEADER_OCTETS, nsid);
      end += OPTION_HEADER_OCTETS + nsid.length;
    }
    if (query.keepaliveAsked) {
      writeHeader(buffer, end, OptionCode.KEEPALIVE, KEEPALIVE_OCTETS);
      buffer.putShort(end + OPTION_HEADER_OCTETS, (short) keepaliveDeciseconds);
      end += OPTION_HEADER_OCTETS + KEEPALIVE_OCTETS;
    }
    if (errorCode != NO_ERROR_CODE
        && end + OPTION_HEADER_OCTETS + 2 + errorText.length <= maxOctets) {
      end = writeExtendedError(buffer, end);
    }
    if (query.paddingAsked && query.transport == Transport.TLS) {
      end = writePadding(buffer, end, maxOctets);
    }
    buffer.putShort(start + 9, (short) (end - start - FIXED_OCTETS));
    return end;
  }

  /** Writes the record and copies it; empty if there is none. */
  byte[] record(ByteBuffer buffer, int start, int rcode, int maxOctets) {
    if (!query.edns) {
      return NOTHING;
    }
    byte[] record = new byte[write(buffer, start, rcode, maxOctets) - start];
    buffer.get(start, record);
    return record;
  }

  private int flags() {
    return (query.dnssecOk ? MessageFlags.DO : 0)
        | (compactDenial && query.compactAnswersOk ? MessageFlags.CO : 0);
  }

  private static void writeHeader(ByteBuffer buffer, int at, int code, int octets) {
    buffer.putShort(at, (short) code);
    buffer.putShort(at + 2, (short) octets);
  }

  private static int writePadding(ByteBuffer buffer, int start, int maxOctets) {
    int data = start + OPTION_HEADER_OCTETS;
    int end = Math.min(MessageLimits.padded(data), maxOctets);
    if (end < data) {
      return start;
    }
    writeHeader(buffer, start, OptionCode.PADDING, end - data);
    for (int i = data; i < end; i++) {
      buffer.put(i, (byte) 0);
    }
    return end;
  }

  private int writeSubnet(ByteBuffer buffer, int start) {
    AddressBits subnet = query.subnet();
    int octets = addressOctets(subnet.length());
    writeHeader(buffer, start, OptionCode.CLIENT_SUBNET, SUBNET_FIXED_OCTETS + octets);
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
    writeHeader(buffer, start, OptionCode.EXTENDED_ERROR, 2 + errorText.length);
    buffer.putShort(start + 4, (short) errorCode);
    buffer.put(start + 6, errorText);
    return start + 6 + errorText.length;
  }
}
