package net.dglb.dns.tsig;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;

/**
 * Signs the messages of one answer, each chained to the one before it (RFC 8945 sections 5.3 and
 * 5.3.1). For one thread at a time.
 */
public final class AnswerSigner {

  /** How far the clocks of two parties may be apart (section 10.1). */
  public static final Duration FUDGE = Duration.ofMinutes(5);

  private static final int ADDITIONAL_COUNT_AT = 10;
  private static final byte[] NOTHING = {};

  private final @Nullable TSIGRecord request;
  private final Optional<TsigKey> key;
  private final int error;
  private final InstantSource clock;
  private byte[] prior;
  private boolean first = true;

  AnswerSigner(
      @Nullable TSIGRecord request, Optional<TsigKey> key, int error, InstantSource clock) {
    this.request = request;
    this.key = key;
    this.error = error;
    this.clock = clock;
    this.prior = request == null ? NOTHING : request.getSignature();
  }

  /** How much longer the first message of a request with a good signature gets by being signed. */
  public int octets() {
    return key.map(
            it -> record(it, Instant.EPOCH, new byte[it.algorithm().octets()], 0, error, NOTHING))
        .filter(_ -> request != null)
        .map(it -> it.toWire(Section.ADDITIONAL).length)
        .orElse(0);
  }

  /** Signs the next message of the answer. */
  public byte[] sign(byte[] message) {
    if (request == null) {
      return message;
    }
    if (key.isEmpty() || error == TsigError.BADSIG) {
      return with(message, unsigned(request, message));
    }
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    // Section 5.2.3: who has another time gets its own back, and ours beside it.
    Instant signed = error == TsigError.BADTIME ? request.getTimeSigned() : now;
    byte[] other = error == TsigError.BADTIME ? time(now) : NOTHING;
    MessageMac mac = new MessageMac(key.get()).prior(prior).message(message, message.length);
    prior = first ? mac.whole(signed, FUDGE, error, other) : mac.following(signed, FUDGE);
    first = false;
    return with(message, record(key.get(), signed, prior, id(message), error, other));
  }

  /** Sections 5.2.1 and 5.2.2: nothing is signed for whoever does not have the key. */
  private TSIGRecord unsigned(TSIGRecord asked, byte[] message) {
    return new TSIGRecord(
        asked.getName(),
        DClass.ANY,
        0,
        asked.getAlgorithm(),
        asked.getTimeSigned(),
        FUDGE,
        NOTHING,
        id(message),
        error,
        NOTHING);
  }

  static TSIGRecord record(
      TsigKey key, Instant signed, byte[] mac, int id, int error, byte[] other) {
    return new TSIGRecord(
        Names.of(key.name()),
        DClass.ANY,
        0,
        Names.of(DomainName.of(key.algorithm().word())),
        signed,
        FUDGE,
        mac,
        id,
        error,
        other);
  }

  static byte[] with(byte[] message, TSIGRecord record) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(message);
    signed.writeBytes(record.toWire(Section.ADDITIONAL));
    byte[] octets = signed.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(octets);
    header.putShort(ADDITIONAL_COUNT_AT, (short) (header.getShort(ADDITIONAL_COUNT_AT) + 1));
    return octets;
  }

  private static int id(byte[] message) {
    return ByteBuffer.wrap(message).getShort(0) & 0xffff;
  }

  private static byte[] time(Instant at) {
    return ByteBuffer.allocate(6)
        .putShort((short) (at.getEpochSecond() >>> 32))
        .putInt((int) at.getEpochSecond())
        .array();
  }
}
