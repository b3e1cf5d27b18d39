package net.dglb.dns.tsig;

import java.nio.ByteBuffer;
import java.time.Instant;
import net.dglb.identity.TsigKey;

/** A request of ours, signed. */
public final class SignedRequest {

  private final byte[] octets;
  private final byte[] signature;

  private SignedRequest(byte[] octets, byte[] signature) {
    this.octets = octets;
    this.signature = signature;
  }

  /** Signs a request. */
  public static SignedRequest of(byte[] message, TsigKey key, Instant now) {
    byte[] mac =
        new MessageMac(key)
            .message(message, message.length)
            .whole(now, AnswerSigner.FUDGE, TsigError.NONE, new byte[0]);
    int id = ByteBuffer.wrap(message).getShort(0) & 0xffff;
    return new SignedRequest(
        AnswerSigner.with(
            message, AnswerSigner.record(key, now, mac, id, TsigError.NONE, new byte[0])),
        mac);
  }

  /** The whole message. */
  public byte[] octets() {
    return octets;
  }

  /** What its answer is signed over. */
  public byte[] signature() {
    return signature;
  }
}
