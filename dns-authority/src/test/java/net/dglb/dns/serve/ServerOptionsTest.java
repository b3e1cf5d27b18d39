package net.dglb.dns.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

/** EDNS options that are about the server and the connection, and names of class CH. */
class ServerOptionsTest {

  private static final int KEEPALIVE = 11;
  private static final int PADDING = 12;
  private static final GenericEDNSOption ASK_KEEPALIVE =
      new GenericEDNSOption(KEEPALIVE, new byte[0]);
  private static final GenericEDNSOption PAD = new GenericEDNSOption(PADDING, new byte[40]);

  private final Parts parts =
      new Parts(
              Asked.zone(
                  "example.test",
                  "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n"
                      + "big 60 TXT \"%s\" \"%s\"\n".formatted("x".repeat(250), "y".repeat(250))))
          .identity(new ServerIdentity("node-7", "dglb"));
  private final InProcessServer server = parts.server();

  private Message ask(String name, String type, Transport transport, EDNSOption... options)
      throws IOException {
    Message query = Asked.query(name, type);
    query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
    return new Message(server.ask(query.toWire(), Asked.SOURCE, transport));
  }

  private Message www(Transport transport, EDNSOption... options) throws IOException {
    return ask("www.example.test", "A", transport, options);
  }

  @Test
  void tellsItsIdToWhomAsksForIt() throws IOException {
    EDNSOption id =
        www(Transport.UDP, new NSIDOption(new byte[0])).getOPT().getOptions(3).getFirst();
    byte[] wire = id.toWire();
    assertThat(new String(wire, 4, wire.length - 4, US_ASCII)).isEqualTo("node-7");
    assertThat(www(Transport.UDP).getOPT().getOptions()).isEmpty();
  }

  @Test
  void keepsItsIdToItselfIfItHasNone() throws IOException {
    InProcessServer nameless = parts.identity(ServerIdentity.NONE).server();
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new NSIDOption(new byte[0]))), Section.ADDITIONAL);
    Message answer = new Message(nameless.ask(query.toWire(), Asked.SOURCE, Transport.UDP));
    assertThat(answer.getOPT().getOptions()).isEmpty();
  }

  @Test
  void tellsOfKeepaliveOverTcpOnlyAndIfAsked() throws IOException {
    assertThat(www(Transport.TCP, ASK_KEEPALIVE).getOPT().getOptions(KEEPALIVE)).hasSize(1);
    assertThat(www(Transport.TLS, ASK_KEEPALIVE).getOPT().getOptions(KEEPALIVE)).hasSize(1);
    assertThat(www(Transport.TCP).getOPT().getOptions(KEEPALIVE)).isEmpty();
    assertThat(www(Transport.UDP, ASK_KEEPALIVE).getOPT().getOptions(KEEPALIVE)).isEmpty();
  }

  @Test
  void refusesAKeepaliveThatHoldsATimeoutButIgnoresItOverUdp() throws IOException {
    TcpKeepaliveOption wrong = new TcpKeepaliveOption(5);
    assertThat(www(Transport.TCP, wrong).getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(www(Transport.UDP, wrong).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void padsAnswersOverTlsToWholeBlocksIfTheQueryWasPadded() throws IOException {
    for (String name : new String[] {"www.example.test", "big.example.test"}) {
      Message query = Asked.query(name, "ANY");
      query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(PAD)), Section.ADDITIONAL);
      byte[] answer = server.ask(query.toWire(), Asked.SOURCE, Transport.TLS);
      assertThat(answer.length % 468).as(name).isZero();
      new Message(answer);
    }
    assertThat(www(Transport.TLS).getOPT().getOptions(PADDING)).isEmpty();
    assertThat(www(Transport.TCP, PAD).getOPT().getOptions(PADDING)).isEmpty();
    assertThat(www(Transport.UDP, PAD).getOPT().getOptions(PADDING)).isEmpty();
  }

  @Test
  void answersQueriesThatPaddingMakesLong() throws IOException {
    Message answer = www(Transport.UDP, new GenericEDNSOption(PADDING, new byte[1100]));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void saysThatItIsNotAuthoritativeWhereItRefuses() throws IOException {
    Message answer = ask("www.example.org", "A", Transport.UDP);
    assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
    ExtendedErrorCodeOption error =
        (ExtendedErrorCodeOption)
            answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
    assertThat(error.getErrorCode()).isEqualTo(20);
  }

  @Test
  void saysNothingOfOptionsAndFlagsThatItDoesNotKnowAndHasOneOptWithEverything()
      throws IOException {
    Message answer =
        www(
            Transport.TLS,
            new GenericEDNSOption(65001, new byte[] {1}),
            new NSIDOption(new byte[0]),
            ASK_KEEPALIVE,
            PAD,
            new GenericEDNSOption(10, new byte[8]));
    assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(1);
    assertThat(answer.getOPT().getOptions().stream().map(EDNSOption::getCode))
        .containsExactly(10, 3, KEEPALIVE, PADDING);
  }

  private Message chaos(String name, String type) throws IOException {
    Record question =
        Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.CH);
    return new Message(
        server.ask(Message.newQuery(question).toWire(), Asked.SOURCE, Transport.UDP));
  }

  @ParameterizedTest
  @CsvSource({
    "id.server, node-7",
    "hostname.bind, node-7",
    "HostName.Bind, node-7",
    "version.bind, dglb",
    "version.server, dglb"
  })
  void answersNamesOfClassChaos(String name, String text) throws IOException {
    Message answer = chaos(name, "TXT");
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    Record record = answer.getSection(Section.ANSWER).getFirst();
    assertThat(record.getDClass()).isEqualTo(DClass.CH);
    assertThat(record.rdataToString()).isEqualTo(text);
    assertThat(record.getName()).hasToString(name + ".");
  }

  @Test
  void refusesOtherQuestionsOfClassChaos() throws IOException {
    assertThat(chaos("id.server", "A").getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(chaos("www.example.test", "TXT").getRcode()).isEqualTo(Rcode.REFUSED);
    InProcessServer nameless = parts.identity(ServerIdentity.NONE).server();
    Record question = Record.newRecord(Name.fromConstantString("id.server."), Type.TXT, DClass.CH);
    byte[] answer = nameless.ask(Message.newQuery(question).toWire(), Asked.SOURCE, Transport.UDP);
    assertThat(new Message(answer).getRcode()).isEqualTo(Rcode.REFUSED);
  }
}
