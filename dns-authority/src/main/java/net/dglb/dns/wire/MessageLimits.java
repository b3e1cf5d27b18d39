package net.dglb.dns.wire;

/** Sizes of messages. */
public final class MessageLimits {

  /** The longest message over TCP, and the least size of a buffer that answers over TCP. */
  public static final int MESSAGE_MAX = 65_535;

  /** What every sender accepts over UDP (RFC 1035 section 4.2.1, RFC 6891 section 6.2.3). */
  public static final int UDP_PAYLOAD_MIN = 512;

  /** What is sent and advertised at most over UDP: it passes every usual path unfragmented. */
  public static final int UDP_PAYLOAD_MAX = 1232;

  private MessageLimits() {}
}
