package net.dglb.dns.tsig;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;

/**
 * The MAC over a message and the variables of its TSIG record (RFC 8945 section 4.3). Computed here
 * and not by dnsjava, which leaves the other data of BADTIME out of it, goes by the message's id
 * instead of the original one, and logs the signature that it expected.
 */
final class MessageMac {

  private static final int TIME_AND_FUDGE_OCTETS = 8;

  private final Mac mac;
  private final TsigKey key;

  MessageMac(TsigKey key) {
    this.key = key;
    try {
      mac = Mac.getInstance(key.algorithm().jcaName());
      mac.init(key.secret());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + key.algorithm().jcaName(), e);
    }
  }

  /** The signature that this message answers or follows, with its length. */
  MessageMac prior(byte[] signature) {
    mac.update(ByteBuffer.allocate(Short.BYTES).putShort((short) signature.length).array());
    mac.update(signature);
    return this;
  }

  /** The message before the TSIG record was added. */
  MessageMac message(byte[] octets, int length) {
    mac.update(octets, 0, length);
    return this;
  }

  /** All variables. */
  byte[] whole(Instant signed, Duration fudge, int error, byte[] other) {
    mac.update(Names.of(key.name()).toWireCanonical());
    mac.update(new byte[] {0, (byte) 255, 0, 0, 0, 0}); // class ANY, TTL 0
    mac.update(Names.of(algorithmName()).toWireCanonical());
    timers(signed, fudge);
    mac.update(
        ByteBuffer.allocate(4).putShort((short) error).putShort((short) other.length).array());
    return mac.doFinal(other);
  }

  /** The time alone, in messages of one answer after the first (section 5.3.1). */
  byte[] following(Instant signed, Duration fudge) {
    timers(signed, fudge);
    return mac.doFinal();
  }

  private void timers(Instant signed, Duration fudge) {
    mac.update(
        ByteBuffer.allocate(TIME_AND_FUDGE_OCTETS)
            .putShort((short) (signed.getEpochSecond() >>> 32))
            .putInt((int) signed.getEpochSecond())
            .putShort((short) fudge.toSeconds())
            .array());
  }

  private DomainName algorithmName() {
    return DomainName.of(key.algorithm().word());
  }
}
