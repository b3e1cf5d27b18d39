package net.dglb.dns.serve;

import java.util.concurrent.atomic.AtomicLongArray;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Transport;
import net.dglb.identity.HandshakeFailure;

/**
 * What one worker has done. Only its own thread writes, with plain additions; others read opaquely,
 * so that they see every number sooner or later and never a torn one.
 */
final class WorkerCounters {

  static final String[] TYPES = {
    "A", "AAAA", "NS", "SOA", "CNAME", "TXT", "MX", "HTTPS", "DS", "DNSKEY", "ANY", "other"
  };
  static final String[] RCODES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "BADVERS", "other"
  };

  static final String[] HANDSHAKES = {"certificate", "closed", "timeout", "protocol"};

  private static final int OTHER_TYPE = TYPES.length - 1;
  private static final int BADVERS = RCODES.length - 2;
  private static final int OTHER_RCODE = RCODES.length - 1;

  static final int UDP = 0;
  static final int TCP = 1;
  static final int TRUNCATED = 2;
  static final int DROPPED = 3;
  static final int MALFORMED = 4;
  static final int FAILURES = 5;
  static final int SEND_ERRORS = 6;
  static final int TCP_REFUSED = 7;
  static final int RECEIVE_ERRORS = 8;
  static final int QUARANTINED = 9;
  static final int DENIED = 10;
  static final int LIMITED = 11;
  static final int SLIPPED = 12;
  static final int TLS = 13;
  static final int HANDED_ON = 14;
  static final int OVERLOADED = 15;
  static final int POSTPONED = 16;
  static final int FIRST_TYPE = 17;
  static final int FIRST_RCODE = FIRST_TYPE + TYPES.length;
  static final int FIRST_HANDSHAKE = FIRST_RCODE + RCODES.length;
  static final int SIZE = FIRST_HANDSHAKE + HANDSHAKES.length;

  private final AtomicLongArray counts = new AtomicLongArray(SIZE);

  /** Adds one; only in the thread that owns these counters. */
  void count(int index) {
    counts.setOpaque(index, counts.getPlain(index) + 1);
  }

  void received(Transport transport) {
    count(
        switch (transport) {
          case UDP -> UDP;
          case TCP -> TCP;
          case TLS -> TLS;
        });
  }

  void asked(int type) {
    count(FIRST_TYPE + typeGroup(type));
  }

  void answered(int rcode, boolean truncated) {
    count(FIRST_RCODE + rcodeGroup(rcode));
    if (truncated) {
      count(TRUNCATED);
    }
  }

  void refused(HandshakeFailure why) {
    count(
        FIRST_HANDSHAKE
            + switch (why) {
              case CERTIFICATE -> 0;
              case CLOSED -> 1;
              case TIMEOUT -> 2;
              case PROTOCOL -> 3;
            });
  }

  /** Reads one number; from any thread. */
  long get(int index) {
    return counts.getOpaque(index);
  }

  private static int rcodeGroup(int rcode) {
    if (rcode <= Rcode.REFUSED) {
      return rcode;
    }
    return rcode == Rcode.BADVERS ? BADVERS : OTHER_RCODE;
  }

  private static int typeGroup(int type) {
    return switch (type) {
      case RecordType.A -> 0;
      case RecordType.AAAA -> 1;
      case RecordType.NS -> 2;
      case RecordType.SOA -> 3;
      case RecordType.CNAME -> 4;
      case RecordType.TXT -> 5;
      case RecordType.MX -> 6;
      case RecordType.HTTPS -> 7;
      case RecordType.DS -> 8;
      case RecordType.DNSKEY -> 9;
      case RecordType.ANY -> 10;
      default -> OTHER_TYPE;
    };
  }
}
