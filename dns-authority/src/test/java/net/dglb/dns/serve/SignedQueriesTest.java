package net.dglb.dns.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.tsig.SignedRequest;
import net.dglb.dns.wire.Transport;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

/** Messages that are signed, or ask for a zone, are answered as the server answers others. */
class SignedQueriesTest {

  private static final TsigKey KEY =
      TsigKey.random(DomainName.of("key.example.test"), TsigAlgorithm.HMAC_SHA512);
  private static final KeyFiles KEYS = new KeyFiles(List.of(), Map.of(KEY.name(), KEY));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TEXT =
      "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\nbig 60 TXT \"%s\" \"%s\"\n"
          .formatted("x".repeat(200), "y".repeat(200));

  private final SlowRequests slow =
      new SlowRequests(
          KEYS,
          new OneZone(TEXT, (key, _) -> key.isPresent()),
          (_, _, answer) -> answer.accept(UpdateAnswer.of(Rcode.REFUSED)),
          () -> NOW,
          System::nanoTime);
  private final InProcessServer server =
      new Parts(Asked.zone("example.test", TEXT))
          .identity(new ServerIdentity("node-7", ""))
          .slowPath(slow)
          .server();

  @AfterEach
  void close() {
    slow.close();
  }

  @Test
  void theServerTellsItsIdInSignedAnswersToo() throws Exception {
    Message asked = withOpt(Asked.query("www.example.test", "A"), new NSIDOption(new byte[0]));
    Message chaos =
        Message.newQuery(Record.newRecord(Name.fromString("id.server."), Type.TXT, DClass.CH));

    assertThat(signed(asked, Transport.UDP).getOPT().getOptions(3)).hasSize(1);
    assertThat(((TXTRecord) signed(chaos, Transport.UDP).getSection(Section.ANSWER).getFirst()))
        .extracting(TXTRecord::getStrings)
        .isEqualTo(List.of("node-7"));
  }

  @Test
  void aCookieFromASignedAnswerIsGoodForOtherQueries() throws Exception {
    GenericEDNSOption client = new GenericEDNSOption(10, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    EDNSOption cookie =
        signed(withOpt(Asked.query("www.example.test", "A"), client), Transport.UDP)
            .getOPT()
            .getOptions(10)
            .getFirst();

    Message answer =
        new Message(
            server.ask(
                withOpt(Asked.query("www.example.test", "A"), cookie).toWire(),
                Asked.SOURCE,
                Transport.UDP));
    assertThat(answer.getOPT().getOptions(10)).as("taken as it is").containsExactly(cookie);
  }

  @Test
  void anAnswerThatDoesNotFitWithItsSignatureIsTruncated() throws Exception {
    Message small = signed(Asked.query("big.example.test", "TXT"), Transport.UDP);
    assertThat(small.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(small.getSection(Section.ANSWER)).isEmpty();
    assertThat(small.numBytes()).isLessThanOrEqualTo(512);

    Message withRoom = signed(withOpt(Asked.query("big.example.test", "TXT")), Transport.UDP);
    assertThat(withRoom.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(withRoom.getSection(Section.ANSWER)).hasSize(1);
    assertThat(signed(Asked.query("big.example.test", "TXT"), Transport.TCP))
        .satisfies(it -> assertThat(it.getSection(Section.ANSWER)).hasSize(1));
  }

  @Test
  void aTransferAndItsRefusalHaveOneOptIffAskedAndTheRdBitOfTheRequest() throws Exception {
    for (boolean asked : new boolean[] {true, false}) {
      Message whole = Asked.query("example.test", "AXFR");
      Message elsewhere = Asked.query("elsewhere.test", "AXFR");
      if (asked) {
        withOpt(whole);
        withOpt(elsewhere);
      } else {
        whole.getHeader().unsetFlag(Flags.RD);
      }
      Message transferred = signed(whole, Transport.TCP);
      assertThat(transferred.getSection(Section.ANSWER)).hasSize(5);
      assertThat(transferred.getHeader().getFlag(Flags.RD)).isEqualTo(asked);
      assertThat(transferred.getOPT() != null).isEqualTo(asked);
      Message refused = signed(elsewhere, Transport.TCP);
      assertThat(refused.getRcode()).isEqualTo(Rcode.NOTAUTH);
      assertThat(refused.getOPT() != null).isEqualTo(asked);
      assertThat(refused.getHeader().getFlag(Flags.RD)).isTrue();
    }
  }

  /** RFC 8945 section 5.3: also what is not served is answered with a signature. */
  @Test
  void anotherOpcodeIsNotImplementedWithASignatureAndAnOptIffAsked() throws Exception {
    for (int opcode : new int[] {Opcode.STATUS, Opcode.NOTIFY}) {
      Message plain = Asked.query("example.test", "SOA");
      plain.getHeader().setOpcode(opcode);
      assertThat(signed(plain, Transport.UDP))
          .satisfies(it -> assertThat(it.getRcode()).isEqualTo(Rcode.NOTIMP))
          .satisfies(it -> assertThat(it.getOPT()).isNull());
      assertThat(signed(withOpt(plain), Transport.UDP))
          .satisfies(it -> assertThat(it.getRcode()).isEqualTo(Rcode.NOTIMP))
          .satisfies(it -> assertThat(it.getOPT()).isNotNull());
    }
  }

  /** RFC 7873 section 5.2, RFC 5001: as in every other answer. */
  @Test
  void transfersAndRefusalsHaveTheServersCookieAndIdAndWhatItTellsOfTheConnection()
      throws Exception {
    Message update = Asked.query("example.test", "SOA");
    update.getHeader().setOpcode(Opcode.UPDATE);
    for (Message asked :
        List.of(
            Asked.query("example.test", "AXFR"), Asked.query("elsewhere.test", "AXFR"), update)) {
      OPTRecord opt =
          signed(
                  withOpt(
                      asked,
                      new GenericEDNSOption(10, new byte[8]),
                      new NSIDOption(new byte[0]),
                      new TcpKeepaliveOption()),
                  Transport.TCP)
              .getOPT();
      assertThat(opt.getOptions(10).getFirst().toWire()).as("a server's cookie").hasSize(4 + 24);
      assertThat(opt.getOptions(3)).containsExactly(new NSIDOption("node-7".getBytes(US_ASCII)));
      assertThat(opt.getOptions(11)).hasSize(1);
    }
  }

  /** RFC 8467 section 4.1: whoever sees their lengths cannot tell what they say. */
  @Test
  void whatIsAnsweredElsewhereIsPaddedToWholeBlocks() throws Exception {
    GenericEDNSOption padding = new GenericEDNSOption(12, new byte[8]);
    for (String zone : List.of("example.test", "a.much.longer.name.elsewhere.test")) {
      Message asked = withOpt(Asked.query(zone, "AXFR"), padding);
      assertThat(server.ask(asked.toWire(), Asked.SOURCE, Transport.TLS).length % 468)
          .as("the refusal of %s", zone)
          .isZero();
    }
    Message told = signed(withOpt(Asked.query("example.test", "AXFR"), padding), Transport.TLS);
    int signature = told.getTSIG().toWire(Section.ADDITIONAL).length;
    assertThat((told.numBytes() - signature) % 468).as("a transfer").isZero();
    assertThat(told.getOPT().getOptions(12)).hasSize(1);
  }

  /** RFC 1995 section 3: it says what the secondary has. */
  @Test
  void anIxfrWithoutASerialIsAMistake() throws Exception {
    for (Transport transport : Transport.values()) {
      assertThat(signed(Asked.query("example.test", "IXFR"), transport).getRcode())
          .as("%s", transport)
          .isEqualTo(Rcode.FORMERR);
    }
  }

  @Test
  void noZoneIsTransferredInAnotherClass() throws Exception {
    Name zone = Name.fromString("example.test.");
    Message chaos = Message.newQuery(Record.newRecord(zone, Type.AXFR, DClass.CH));

    assertThat(signed(chaos, Transport.TCP).getRcode()).isEqualTo(Rcode.NOTAUTH);
  }

  private static Message withOpt(Message query, EDNSOption... options) {
    query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
    return query;
  }

  /** Asks with a signature; the answer, or its first message, carries a good one. */
  private Message signed(Message query, Transport transport) throws Exception {
    SignedRequest request = SignedRequest.of(query.toWire(), KEY, NOW);
    FirstMessage first = new FirstMessage(new CompletableFuture<>());
    byte[] atOnce = server.ask(request.octets(), Asked.SOURCE, transport, first);
    assertThat(atOnce).as("answered elsewhere").isEmpty();
    byte[] answer = first.message().get(20, TimeUnit.SECONDS);
    assertThat(ReceivedMessage.answer(answer, KEYS, NOW, request.signature()).provenBy())
        .contains(KEY);
    return new Message(answer);
  }

  private record FirstMessage(CompletableFuture<byte[]> message) implements SlowPath.Replies {
    @Override
    public void send(byte[] octets) throws IOException {
      message.complete(octets);
    }

    @Override
    public void end(byte[] last) {
      message.complete(last);
    }
  }
}
