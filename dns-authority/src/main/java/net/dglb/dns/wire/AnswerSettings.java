package net.dglb.dns.wire;

import java.util.Arrays;

/**
 * What every answer of a server keeps to.
 *
 * @param udpPayloadMax how long an answer over UDP may be, 512 to 1232; advertised to others
 * @param amplificationMax how many times as long as its query an answer over UDP may be, unless a
 *     cookie proves the source; 0 for no such limit
 * @param nsid what the NSID option tells (RFC 5001); empty for no such option
 */
public record AnswerSettings(int udpPayloadMax, int amplificationMax, byte[] nsid) {

  private static final byte[] NONE = {};

  /** Copies the octets. */
  public AnswerSettings {
    nsid = nsid.clone();
  }

  /** Without a limit of amplification, and nameless. */
  public static AnswerSettings ofPayload(int udpPayloadMax) {
    return new AnswerSettings(udpPayloadMax, 0, NONE);
  }

  @Override
  public byte[] nsid() {
    return nsid.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnswerSettings settings
        && udpPayloadMax == settings.udpPayloadMax
        && amplificationMax == settings.amplificationMax
        && Arrays.equals(nsid, settings.nsid);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * udpPayloadMax + amplificationMax) + Arrays.hashCode(nsid);
  }
}
