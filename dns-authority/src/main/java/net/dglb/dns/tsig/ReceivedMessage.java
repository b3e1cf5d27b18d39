package net.dglb.dns.tsig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/**
 * A message from outside, parsed, with what its signature says (RFC 8945 section 5.2). Never throws
 * for what the message holds but {@link IOException}.
 */
public final class ReceivedMessage {

  private static final int ADDITIONAL_COUNT_AT = 10;
  private static final int LEAST_MAC_OCTETS = 10;

  private final byte[] octets;
  private final Message message;
  private final @Nullable TSIGRecord tsig;
  private final Optional<TsigKey> key;
  private final int error;

  private ReceivedMessage(
      byte[] octets, Message message, @Nullable TSIGRecord tsig, Optional<TsigKey> key, int error) {
    this.octets = octets;
    this.message = message;
    this.tsig = tsig;
    this.key = key;
    this.error = error;
  }

  /**
   * Parses a message and checks its signature.
   *
   * @throws IOException if it breaks the format, also of its TSIG record
   */
  public static ReceivedMessage of(byte[] octets, TsigKeys keys, Instant now) throws IOException {
    return check(octets, keys, now, null);
  }

  /**
   * Parses the answer to a request that was signed.
   *
   * @param request the request's signature
   * @throws IOException if it breaks the format
   */
  public static ReceivedMessage answer(byte[] octets, TsigKeys keys, Instant now, byte[] request)
      throws IOException {
    return check(octets, keys, now, request);
  }

  private static ReceivedMessage check(
      byte[] octets, TsigKeys keys, Instant now, byte @Nullable [] prior) throws IOException {
    try {
      Message message = new Message(octets);
      TSIGRecord tsig = message.getTSIG();
      if (signatures(message) > (tsig == null ? 0 : 1)) { // section 5.1
        throw new IOException("a TSIG record that is not the only one and the last");
      }
      if (tsig == null) {
        return new ReceivedMessage(octets, message, null, Optional.empty(), TsigError.NONE);
      }
      if (tsig.getDClass() != DClass.ANY || tsig.getTTL() != 0) {
        throw new IOException("a TSIG record of another class or with a TTL");
      }
      byte[] unsigned = unsigned(octets, tsig); // fails for a message that is cut
      Optional<TsigKey> key = key(tsig, keys);
      int error = key.isEmpty() ? TsigError.BADKEY : error(unsigned, tsig, key.get(), now, prior);
      return new ReceivedMessage(octets, message, tsig, key, error);
    } catch (RuntimeException e) { // dnsjava's parser meets bytes that nobody has tried before
      throw new IOException("the message cannot be read", e);
    }
  }

  private static long signatures(Message message) {
    return IntStream.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)
        .mapToObj(message::getSection)
        .flatMap(List::stream)
        .filter(record -> record.getType() == Type.TSIG)
        .count();
  }

  private static Optional<TsigKey> key(TSIGRecord tsig, TsigKeys keys) {
    try {
      return keys.find(Names.of(tsig.getName()))
          .filter(
              key -> key.algorithm().word().equalsIgnoreCase(tsig.getAlgorithm().toString(true)));
    } catch (IllegalArgumentException e) { // a name that none of ours can have
      return Optional.empty();
    }
  }

  private static int error(
      byte[] unsigned, TSIGRecord tsig, TsigKey key, Instant now, byte @Nullable [] prior)
      throws IOException {
    byte[] signature = tsig.getSignature();
    int full = key.algorithm().octets();
    if (signature.length > full || signature.length < Math.max(LEAST_MAC_OCTETS, full / 2)) {
      throw new IOException("a signature of " + signature.length + " octets");
    }
    MessageMac mac = new MessageMac(key);
    if (prior != null) {
      mac.prior(prior);
    }
    byte[] expected =
        mac.message(unsigned, unsigned.length)
            .whole(tsig.getTimeSigned(), tsig.getFudge(), tsig.getError(), other(tsig));
    if (!MessageDigest.isEqual(Arrays.copyOf(expected, signature.length), signature)) {
      return TsigError.BADSIG;
    }
    Duration apart = Duration.between(now, tsig.getTimeSigned()).abs();
    if (apart.compareTo(tsig.getFudge()) > 0) {
      return TsigError.BADTIME;
    }
    return signature.length < full ? TsigError.BADTRUNC : TsigError.NONE;
  }

  private static byte[] other(TSIGRecord tsig) {
    byte[] other = tsig.getOther();
    return other == null ? new byte[0] : other;
  }

  /** The message as it was before it was signed (section 4.3.2). */
  private static byte[] unsigned(byte[] octets, TSIGRecord tsig) {
    byte[] bare = Arrays.copyOf(octets, TsigOffset.of(octets));
    ByteBuffer header = ByteBuffer.wrap(bare);
    header.putShort(0, (short) tsig.getOriginalID());
    header.putShort(ADDITIONAL_COUNT_AT, (short) (header.getShort(ADDITIONAL_COUNT_AT) - 1));
    return bare;
  }

  /** The parsed message. */
  public Message message() {
    return message;
  }

  /** The message without its TSIG record, with the id that it came with. */
  public byte[] withoutSignature() {
    if (tsig == null) {
      return octets;
    }
    byte[] bare = unsigned(octets, tsig);
    bare[0] = octets[0];
    bare[1] = octets[1];
    return bare;
  }

  /** Whether it carries a TSIG record, good or bad. */
  public boolean isSigned() {
    return tsig != null;
  }

  /** The key that proves who sent it; empty if it is not signed or the signature is not good. */
  public Optional<TsigKey> provenBy() {
    return error == TsigError.NONE ? key : Optional.empty();
  }

  /** What is wrong with the signature; {@link TsigError#NONE} if nothing is. */
  public int error() {
    return error;
  }

  /** The error that an answer reports about the request's signature. */
  public int reportedError() {
    return tsig == null ? TsigError.NONE : tsig.getError();
  }

  /** Signs the messages that answer this one; leaves them as they are if it was not signed. */
  public AnswerSigner signer(InstantSource clock) {
    return new AnswerSigner(tsig, key, error, clock);
  }
}
