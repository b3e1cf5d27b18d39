package net.dglb.dns.wire;

import java.nio.ByteBuffer;

/** Reads the OPT record of a query (RFC 6891) and the options that the engine knows. */
final class OptReader {

  private static final int OPTION_HEADER_OCTETS = 4;
  private static final int CLIENT_COOKIE_OCTETS = 8;
  private static final int COOKIE_MIN_OCTETS = 16;
  private static final int COOKIE_MAX_OCTETS = 40;

  private OptReader() {}

  /**
   * Reads the record into the query. Options that are not known are ignored.
   *
   * @param typeAt where its type stands
   * @return false if it breaks the format
   */
  static boolean read(ByteBuffer packet, int typeAt, int dataAt, int dataLength, Query query) {
    query.edns = true;
    query.payloadSize = packet.getShort(typeAt + 2) & 0xffff;
    query.ednsVersion = packet.get(typeAt + 5) & 0xff;
    int flags = packet.getShort(typeAt + 6);
    query.dnssecOk = (flags & MessageFlags.DO) != 0;
    query.compactAnswersOk = (flags & MessageFlags.CO) != 0;
    if (query.ednsVersion != 0) {
      // What follows is in a format that is not known here.
      return true;
    }
    int end = dataAt + dataLength;
    int at = dataAt;
    while (at < end) {
      if (at + OPTION_HEADER_OCTETS > end) {
        return false;
      }
      int code = packet.getShort(at) & 0xffff;
      int octets = packet.getShort(at + 2) & 0xffff;
      at += OPTION_HEADER_OCTETS;
      if (at + octets > end || !readOption(packet, code, at, octets, query)) {
        return false;
      }
      at += octets;
    }
    return true;
  }

  private static boolean readOption(ByteBuffer packet, int code, int at, int octets, Query query) {
    switch (code) {
      case OptionCode.CLIENT_SUBNET -> {
        return !query.subnetPresent && ClientSubnet.read(packet, at, octets, query);
      }
      case OptionCode.COOKIE -> {
        return readCookie(packet, at, octets, query);
      }
      case OptionCode.KEEPALIVE -> {
        // Over UDP it must be ignored, whatever it holds (RFC 7828 section 3.2.1).
        query.keepaliveAsked = query.transport.isStream();
        return octets == 0 || !query.keepaliveAsked;
      }
      case OptionCode.NSID -> query.nsidAsked = true;
      case OptionCode.PADDING -> query.paddingAsked = true;
      default -> {
        // Not known here.
      }
    }
    return true;
  }

  /** Of several cookies the first counts (RFC 7873 section 5.2). */
  private static boolean readCookie(ByteBuffer packet, int at, int octets, Query query) {
    if (query.cookiePresent) {
      return true;
    }
    if (octets != CLIENT_COOKIE_OCTETS
        && (octets < COOKIE_MIN_OCTETS || octets > COOKIE_MAX_OCTETS)) {
      return false;
    }
    query.cookiePresent = true;
    query.clientCookie = packet.getLong(at);
    if (octets == CLIENT_COOKIE_OCTETS + ServerCookies.OCTETS) {
      query.serverCookiePresent = true;
      query.serverCookieHigh = packet.getLong(at + CLIENT_COOKIE_OCTETS);
      query.serverCookieLow = packet.getLong(at + CLIENT_COOKIE_OCTETS + 8);
    }
    return true;
  }
}
