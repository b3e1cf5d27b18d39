package net.dglb.measure.probe;

/**
 * When each phase of a probe was done, in nanoseconds from the first packet sent; {@link
 * #NOT_REACHED} where it was not.
 *
 * @param connectNanos the TCP connection stands
 * @param tlsNanos the TLS handshake is done; not reached without TLS
 * @param firstByteNanos the answer begins; not reached for TCP
 * @param totalNanos the probe is over, well or not
 */
public record Phases(long connectNanos, long tlsNanos, long firstByteNanos, long totalNanos) {

  /** A phase that the probe did not come to. */
  public static final long NOT_REACHED = -1;
}
