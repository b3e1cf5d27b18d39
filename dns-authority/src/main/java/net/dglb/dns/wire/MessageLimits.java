package net.dglb.dns.wire;

/** Sizes of messages. */
public final class MessageLimits {

  /** The longest message over TCP, and the least size of a buffer that answers over TCP. */
  public static final int MESSAGE_MAX = 65_535;

  /** What every sender accepts over UDP (RFC 1035 section 4.2.1, RFC 6891 section 6.2.3). */
  public static final int UDP_PAYLOAD_MIN = 512;

  /** What is sent and advertised at most over UDP: it passes every usual path unfragmented. */
  public static final int UDP_PAYLOAD_MAX = 1232;

  private static final int PADDING_BLOCK = 468;

  private MessageLimits() {}

  /** How long an answer over TLS is made by padding (RFC 8467 section 4.1). */
  public static int padded(int octets) {
    return (octets + PADDING_BLOCK - 1) / PADDING_BLOCK * PADDING_BLOCK;
  }
}
