package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whoever is refused or failed is told why (RFC 8914), if it speaks EDNS. */
class ExtendedErrorsTest {

  private static final String TEXT = "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\n";
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.99");

  private volatile UpdateAnswer updated = UpdateAnswer.of(Rcode.NOERROR);

  private final SlowRequests slow =
      new SlowRequests(
          new KeyFiles(List.of(), Map.of()),
          new OneZone(TEXT, (_, source) -> !source.equals(STRANGER)),
          (_, _, answer) -> answer.accept(updated),
          InstantSource.system(),
          System::nanoTime);
  private final InProcessServer plain =
      new Parts(Asked.zone("example.test", TEXT), new Failing()).server();
  private final InProcessServer withTransfers =
      new Parts(Asked.zone("example.test", TEXT)).slowPath(slow).server();

  @AfterEach
  void close() {
    slow.close();
  }

  private static final class Failing implements Zone {
    @Override
    public DomainName apex() {
      return DomainName.of("failing.test");
    }

    @Override
    public void answer(Query query, Answer answer) {
      throw new IllegalStateException("a fault");
    }
  }

  @Test
  void aNameOrAClassThatNoZoneHasIsNotOurs() throws Exception {
    Record hesiod = Record.newRecord(Name.fromString("www.example.test."), Type.A, DClass.HESIOD);
    Record chaos = Record.newRecord(Name.fromString("id.server."), Type.TXT, DClass.CHAOS);
    assertThat(why(atOnce(Asked.query("www.example.org", "A")))).isEqualTo("REFUSED 20 ");
    assertThat(why(atOnce(Message.newQuery(hesiod)))).isEqualTo("REFUSED 20 ");
    assertThat(why(atOnce(Message.newQuery(chaos)))).as("without an id").isEqualTo("REFUSED 20 ");
  }

  @Test
  void aServerThatTransfersNothingSupportsNoTransfers() throws Exception {
    assertThat(why(atOnce(Asked.query("example.test", "AXFR")))).isEqualTo("REFUSED 21 ");
    assertThat(why(atOnce(Asked.query("example.test", "IXFR")))).isEqualTo("REFUSED 21 ");
  }

  @Test
  void aQuestionThatFailsSaysSoTheFirstTimeToo() throws Exception {
    assertThat(why(atOnce(Asked.query("failing.test", "A"))))
        .isEqualTo("SERVFAIL 0 this question failed here");
    assertThat(why(atOnce(Asked.query("failing.test", "A"))))
        .isEqualTo("SERVFAIL 0 this question has failed before");
  }

  @Test
  void aMessageWithoutRoomOnTheSlowPathSaysSo() throws Exception {
    InProcessServer full =
        new Parts(Asked.zone("example.test", TEXT)).slowPath(_ -> false).server();
    byte[] answer =
        full.ask(
            withOpt(Asked.query("example.test", "AXFR")).toWire(),
            Asked.SOURCE,
            Transport.TCP,
            new Last(true));
    assertThat(why(new Message(answer))).isEqualTo("SERVFAIL 0 too many such messages at once");
  }

  @Test
  void aTransferThatIsNotAllowedIsProhibited() throws Exception {
    Message query = Asked.query("example.test", "AXFR");
    assertThat(why(elsewhere(query, STRANGER, new Last(true)))).isEqualTo("REFUSED 18 ");
    assertThat(why(elsewhere(query, Asked.SOURCE, new Last(false))))
        .isEqualTo("REFUSED 18 zones need TLS 1.3");
    assertThat(why(elsewhere(Asked.query("other.test", "AXFR"), Asked.SOURCE, new Last(true))))
        .isEqualTo("NOTAUTH 20 ");
  }

  @Test
  void anUpdateThatIsNotMadeSaysWhyBriefly() throws Exception {
    Message update = Asked.query("example.test", "SOA");
    update.getHeader().setOpcode(Opcode.UPDATE);
    updated = UpdateAnswer.of(Rcode.REFUSED, ExtendedError.PROHIBITED, "another's zone");
    assertThat(why(elsewhere(update, Asked.SOURCE, new Last(true))))
        .isEqualTo("REFUSED 18 another's zone");
    updated = UpdateAnswer.of(Rcode.SERVFAIL, ExtendedError.OTHER_ERROR, "x".repeat(5000));
    assertThat(why(elsewhere(update, Asked.SOURCE, new Last(true))))
        .isEqualTo("SERVFAIL 0 " + "x".repeat(200));
    updated = UpdateAnswer.of(Rcode.NOERROR);
    assertThat(elsewhere(update, Asked.SOURCE, new Last(true)).getOPT().getOptions()).isEmpty();
  }

  @Test
  void oneTransferTooManySaysSo() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    List<Last> others = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        Last receiver = new Last(true, read);
        others.add(receiver);
        ask(Asked.query("example.test", "AXFR"), Asked.SOURCE, receiver);
      }
      assertThat(why(elsewhere(Asked.query("example.test", "AXFR"), Asked.SOURCE, new Last(true))))
          .isEqualTo("SERVFAIL 0 too many transfers at once");
    } finally {
      read.countDown();
    }
    for (Last other : others) {
      assertThat(other.message.get(20, TimeUnit.SECONDS)).as("they go on").isEmpty();
    }
  }

  private Message atOnce(Message query) throws IOException {
    assertThat(new Message(plain.ask(query.toWire(), Asked.SOURCE, Transport.TCP)).getOPT())
        .isNull();
    return new Message(plain.ask(withOpt(query.clone()).toWire(), Asked.SOURCE, Transport.TCP));
  }

  private Message elsewhere(Message query, InetAddress source, Last last) throws Exception {
    ask(query, source, last);
    return new Message(last.message.get(20, TimeUnit.SECONDS));
  }

  private void ask(Message query, InetAddress source, Last last) {
    assertThat(withTransfers.ask(withOpt(query.clone()).toWire(), source, Transport.TCP, last))
        .as("answered elsewhere")
        .isEmpty();
  }

  private static Message withOpt(Message query) {
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return query;
  }

  /** The response code, and the code and text of the one error. */
  private static String why(Message answer) {
    List<EDNSOption> errors = answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR);
    assertThat(errors).hasSize(1);
    ExtendedErrorCodeOption error = (ExtendedErrorCodeOption) errors.getFirst();
    String text = error.getText() == null ? "" : error.getText();
    return Rcode.string(answer.getRcode()) + " " + error.getErrorCode() + " " + text;
  }

  /** Keeps the last message, and reads those before it only once it is told to. */
  private static final class Last implements SlowPath.Replies {

    private final boolean carriesZones;
    private final CountDownLatch read;
    private final CompletableFuture<byte[]> message = new CompletableFuture<>();

    Last(boolean carriesZones) {
      this(carriesZones, new CountDownLatch(0));
    }

    Last(boolean carriesZones, CountDownLatch read) {
      this.carriesZones = carriesZones;
      this.read = read;
    }

    @Override
    public boolean carriesZones() {
      return carriesZones;
    }

    @Override
    public void send(byte[] octets) throws IOException {
      try {
        read.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void end(byte[] last) {
      message.complete(last);
    }
  }
}
