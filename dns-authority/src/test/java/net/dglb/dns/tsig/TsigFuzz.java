package net.dglb.dns.tsig;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a fuzzer calls: the first octet chooses whether the rest comes as it is or with a signature,
 * and whether a bit of that is changed. What is signed is believed, what was changed is not, and
 * every answer can be read. Run by {@code fuzz.sh tsig}.
 */
public final class TsigFuzz {

  private static final int MESSAGE_MAX = 60_000;
  private static final int HEADER_OCTETS = 12;
  private static final int SIGNED = 1;
  private static final int CHANGED = 2;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DomainName NAME = DomainName.of("key.foobar.test");
  private static final TsigKey KEY =
      new TsigKey(NAME, TsigAlgorithm.HMAC_SHA256, new byte[TsigKey.MIN_OCTETS]);
  private static final KeyFiles KEYS = new KeyFiles(List.of(), Map.of(NAME, KEY));

  private TsigFuzz() {}

  /** Checks one message. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 1 + HEADER_OCTETS || input.length > MESSAGE_MAX) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    if ((input[0] & SIGNED) == 0) {
      check(message);
    } else if (isWhole(message)) {
      byte[] signed = SignedRequest.of(message, KEY, NOW).octets();
      boolean changed = (input[0] & CHANGED) != 0;
      if (changed) {
        // Within the signature: its last octets are the id, an error and a length of 0.
        signed[signed.length - 7 - ((input[0] & 0xff) >>> 3)] ^= 1;
      }
      if (check(signed) == changed) {
        throw new AssertionError(changed ? "believed although changed" : "not believed");
      }
    }
  }

  /**
   * Whether a signature can be put behind it: it holds as many records as it says, unlike a
   * truncated one, none of them a signature, and nothing behind them. No name may be made of the
   * header's octets, which change when it is signed.
   */
  private static boolean isWhole(byte[] message) {
    try {
      Message parsed = new Message(message);
      return !parsed.getHeader().getFlag(Flags.TC)
          && records(parsed).noneMatch(record -> record.getType() == Type.TSIG)
          && parsed.numBytes() == message.length
          && !pointsIntoTheHeader(message);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Or may do so: octets that look like such a pointer are enough. */
  private static boolean pointsIntoTheHeader(byte[] message) {
    return IntStream.range(HEADER_OCTETS, message.length - 1)
        .anyMatch(at -> message[at] == (byte) 0xc0 && (message[at + 1] & 0xff) < HEADER_OCTETS);
  }

  private static Stream<Record> records(Message message) {
    return IntStream.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)
        .mapToObj(message::getSection)
        .flatMap(List::stream);
  }

  /** Whether a message is believed; its answer must be readable in any case. */
  private static boolean check(byte[] message) {
    ReceivedMessage received;
    try {
      received = ReceivedMessage.of(message, KEYS, NOW);
    } catch (IOException e) {
      return false;
    }
    byte[] reply = new byte[HEADER_OCTETS];
    reply[2] = (byte) 0x80;
    try {
      Message answer = new Message(received.signer(() -> NOW).sign(reply));
      if (received.isSigned() != (answer.getTSIG() != null)) {
        throw new AssertionError("the answer is signed otherwise than its request");
      }
    } catch (IOException e) {
      throw new AssertionError("the answer cannot be read", e);
    }
    if (received.isSigned() && isSigned(received.withoutSignature())) {
      throw new AssertionError("two signatures");
    }
    return received.provenBy().isPresent();
  }

  /** What cannot be read is not: a name may have run on, by a pointer, into what was cut off. */
  private static boolean isSigned(byte[] message) {
    try {
      return records(new Message(message)).anyMatch(record -> record.getType() == Type.TSIG);
    } catch (IOException e) {
      return false;
    }
  }
}
