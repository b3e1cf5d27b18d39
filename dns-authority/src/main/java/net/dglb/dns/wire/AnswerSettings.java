package net.dglb.dns.wire;

/**
 * What every answer of a server keeps to.
 *
 * @param udpPayloadMax how long an answer over UDP may be, 512 to 1232; advertised to others
 * @param amplificationMax how many times as long as its query an answer over UDP may be, unless a
 *     cookie proves the source; 0 for no such limit
 * @param nsid what the NSID option tells (RFC 5001), in UTF-8; empty for no such option
 */
public record AnswerSettings(int udpPayloadMax, int amplificationMax, String nsid) {

  /** Without a limit of amplification, and nameless. */
  public static AnswerSettings ofPayload(int udpPayloadMax) {
    return new AnswerSettings(udpPayloadMax, 0, "");
  }
}
