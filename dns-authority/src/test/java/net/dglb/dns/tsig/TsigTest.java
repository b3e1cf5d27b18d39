package net.dglb.dns.tsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/** Signatures, with dnsjava's own as another opinion. */
class TsigTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DomainName NAME = DomainName.of("key.foobar.test");

  private final TsigKey key = TsigKey.random(NAME, TsigAlgorithm.HMAC_SHA256);
  private final KeyFiles keys = new KeyFiles(List.of(), Map.of(NAME, key));

  @ParameterizedTest
  @EnumSource(TsigAlgorithm.class)
  void believesWhatDnsjavaSignedAndIsBelieved(TsigAlgorithm algorithm) throws Exception {
    TsigKey other = TsigKey.random(NAME, algorithm);
    TSIG theirs = dnsjava(other, NOW);
    Message query = query();
    query.setTSIG(theirs, Rcode.NOERROR, null);
    byte[] octets = query.toWire(65_535);

    ReceivedMessage received =
        ReceivedMessage.of(octets, new KeyFiles(List.of(), Map.of(NAME, other)), NOW);
    assertThat(received.provenBy()).contains(other);

    byte[] answer =
        received.signer(() -> NOW).sign(new Message(query.getHeader().getID()).toWire());
    TSIGRecord asked = new Message(octets).getTSIG();
    assertThat(theirs.verify(new Message(answer), answer, asked)).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void chainsTheMessagesOfALongAnswer() throws Exception {
    SignedRequest request = SignedRequest.of(query().toWire(), key, NOW);
    AnswerSigner signer = ReceivedMessage.of(request.octets(), keys, NOW).signer(() -> NOW);
    TSIG.StreamVerifier verifier =
        new TSIG.StreamVerifier(dnsjava(key, NOW), new Message(request.octets()).getTSIG());

    for (int i = 0; i < 5; i++) {
      byte[] message = signer.sign(query().toWire());
      assertThat(verifier.verify(new Message(message), message)).as("message %d", i).isZero();
    }
  }

  @Test
  void tellsWhoHasAnUnknownKeyWithoutSigning() throws Exception {
    TsigKey stranger = TsigKey.random(DomainName.of("other.test"), TsigAlgorithm.HMAC_SHA256);
    SignedRequest request = SignedRequest.of(query().toWire(), stranger, NOW);

    ReceivedMessage received = ReceivedMessage.of(request.octets(), keys, NOW);

    assertThat(received.error()).isEqualTo(TsigError.BADKEY);
    assertThat(received.provenBy()).isEmpty();
    TSIGRecord told = answerTo(received);
    assertThat(told.getError()).isEqualTo(TsigError.BADKEY);
    assertThat(told.getSignature()).isEmpty();
  }

  @Test
  void anotherAlgorithmThanTheKeysIsAnUnknownKey() throws Exception {
    TsigKey other = TsigKey.random(NAME, TsigAlgorithm.HMAC_SHA512);
    SignedRequest request = SignedRequest.of(query().toWire(), other, NOW);
    assertThat(ReceivedMessage.of(request.octets(), keys, NOW).error()).isEqualTo(TsigError.BADKEY);
  }

  @Test
  void tellsOfABadSignatureWithoutSigning() throws Exception {
    TsigKey impostor = TsigKey.random(NAME, TsigAlgorithm.HMAC_SHA256);
    SignedRequest request = SignedRequest.of(query().toWire(), impostor, NOW);

    ReceivedMessage received = ReceivedMessage.of(request.octets(), keys, NOW);

    assertThat(received.error()).isEqualTo(TsigError.BADSIG);
    TSIGRecord told = answerTo(received);
    assertThat(told.getError()).isEqualTo(TsigError.BADSIG);
    assertThat(told.getSignature()).isEmpty();
  }

  @Test
  void tellsItsTimeSignedToWhoHasAnotherTime() throws Exception {
    Instant late = NOW.minus(Duration.ofSeconds(301));
    SignedRequest request = SignedRequest.of(query().toWire(), key, late);

    ReceivedMessage received = ReceivedMessage.of(request.octets(), keys, NOW);

    assertThat(received.error()).isEqualTo(TsigError.BADTIME);
    TSIGRecord told = answerTo(received);
    assertThat(told.getError()).isEqualTo(TsigError.BADTIME);
    assertThat(told.getTimeSigned()).isEqualTo(late);
    assertThat(told.getOther()).isEqualTo(new byte[] {0, 0, 0x69, 0x55, (byte) 0xb9, 0});
    byte[] answer = received.signer(() -> NOW).sign(query().toWire());
    assertThat(ReceivedMessage.answer(answer, keys, late, request.signature()).provenBy())
        .as("the answer is signed, other data and all")
        .isPresent();
  }

  @Test
  void takesWhatIsJustWithinTheFudge() throws Exception {
    SignedRequest request = SignedRequest.of(query().toWire(), key, NOW.minus(AnswerSigner.FUDGE));
    assertThat(ReceivedMessage.of(request.octets(), keys, NOW).error()).isZero();
  }

  @Test
  void goesByTheIdThatWasSignedWhenAForwarderChangedIt() throws Exception {
    byte[] octets = SignedRequest.of(query().toWire(), key, NOW).octets();
    octets[0] ^= 0x55;
    assertThat(ReceivedMessage.of(octets, keys, NOW).provenBy()).isPresent();
  }

  @Test
  void givesBackTheMessageAsItWasBeforeItWasSigned() throws Exception {
    byte[] plain = query().toWire();
    byte[] signed = SignedRequest.of(plain, key, NOW).octets();
    assertThat(ReceivedMessage.of(signed, keys, NOW).withoutSignature()).isEqualTo(plain);
  }

  @Test
  void refusesSignaturesOfImpossibleLengths() {
    for (int octets : List.of(0, 9, 15, 33)) {
      TSIGRecord record = AnswerSigner.record(key, NOW, new byte[octets], 1, 0, new byte[0]);
      byte[] message = AnswerSigner.with(query().toWire(), record);
      assertThatThrownBy(() -> ReceivedMessage.of(message, keys, NOW))
          .as("%d octets", octets)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSignatureThatIsNotTheOnlyOneAndTheLastBreaksTheFormat() {
    byte[] once = SignedRequest.of(query().toWire(), key, NOW).octets();
    byte[] twice = SignedRequest.of(once, key, NOW).octets();
    byte[] option = {0, 0, 41, 4, (byte) 208, 0, 0, 0, 0, 0, 0};
    byte[] notLast = Arrays.copyOf(once, once.length + option.length);
    System.arraycopy(option, 0, notLast, once.length, option.length);
    notLast[11]++;
    byte[] truncated = twice.clone();
    truncated[2] |= 2; // of which dnsjava reads what comes before the first fault
    for (byte[] message : new byte[][] {twice, notLast, truncated}) {
      assertThatThrownBy(() -> ReceivedMessage.of(message, keys, NOW))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsThatATruncatedSignatureIsTooWeak() throws Exception {
    SignedRequest whole = SignedRequest.of(query().toWire(), key, NOW);
    byte[] half = Arrays.copyOf(whole.signature(), 16);
    int id = query().getHeader().getID();
    TSIGRecord record = AnswerSigner.record(key, NOW, half, id, 0, new byte[0]);
    byte[] message = AnswerSigner.with(query().toWire(), record);
    assertThat(ReceivedMessage.of(message, keys, NOW).error()).isEqualTo(TsigError.BADTRUNC);
  }

  @Test
  void noChangeOfASignedMessageIsBelievedAndNoneRaisesAnythingElseThanAnIoException() {
    byte[] signed = SignedRequest.of(query().toWire(), key, NOW).octets();
    long seed = 2136;
    Random random = new Random(seed);
    List<String> believed = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = mutate(signed, random);
      try {
        ReceivedMessage received = ReceivedMessage.of(changed, keys, NOW);
        if (received.provenBy().isPresent() && !sameButForTheId(signed, changed)) {
          believed.add("seed " + seed + " round " + i + ": " + HexFormat.of().formatHex(changed));
        }
        received.signer(() -> NOW).sign(new byte[12]);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(believed).isEmpty();
  }

  /**
   * The case of names and the id are not signed, and a TTL with the highest bit is 0 (RFC 2181
   * section 8).
   */
  private static boolean sameButForTheId(byte[] signed, byte[] changed) {
    return comparable(signed).equalsIgnoreCase(comparable(changed));
  }

  private static String comparable(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return text.substring(Math.min(2, text.length())).replace("\0\u00ff\u0080", "\0\u00ff\0");
  }

  private static byte[] mutate(byte[] octets, Random random) {
    byte[] changed = octets.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    int cut = random.nextInt(20);
    return cut == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
  }

  private TSIGRecord answerTo(ReceivedMessage received) throws IOException {
    byte[] answer = received.signer(() -> NOW).sign(query().toWire());
    return new Message(answer).getTSIG();
  }

  private static TSIG dnsjava(TsigKey key, Instant now) {
    return new TSIG(
        Names.of(DomainName.of(key.algorithm().word())),
        Names.of(key.name()),
        key.secret(),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Message query() {
    Message message = new Message(4711);
    Record question =
        Record.newRecord(Name.fromConstantString("www.foobar.test."), Type.AXFR, DClass.IN);
    message.addRecord(question, org.xbill.DNS.Section.QUESTION);
    return message;
  }
}
