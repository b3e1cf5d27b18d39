package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.EDNSOption.Code;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class EdnsTest {

  private static final String ZONE =
      """
      @ 60 SOA ns admin 1 1 1 1 60
      @ 60 NS  ns
      www 60 A 192.0.2.1
      """;

  private static final int[] OTHER_OPCODES = {
    Opcode.IQUERY, Opcode.STATUS, 3, Opcode.NOTIFY, Opcode.UPDATE, Opcode.DSO, 15
  };
  private static final EDNSOption COOKIE = new GenericEDNSOption(Code.COOKIE, new byte[8]);

  private final Asked asked = new Asked(Asked.zone("example.test", ZONE));

  private Message ask(int payload, int version, int flags, EDNSOption... options) {
    return ask(asked, payload, version, flags, options);
  }

  private static Message ask(
      Asked asked, int payload, int version, int flags, EDNSOption... options) {
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(
        new OPTRecord(payload, 0, version, flags, List.of(options)), Section.ADDITIONAL);
    return asked.ask(query, Transport.UDP);
  }

  @Test
  void answersWithOneOptIffAsked() {
    assertThat(asked.ask("www.example.test", "A").getOPT()).isNull();
    Message answer = ask(4096, 0, 0);
    assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(1);
    assertThat(answer.getOPT()).isNotNull();
    assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1232);
    assertThat(answer.getOPT().getVersion()).isZero();
    assertThat(answer.getOPT().getOptions()).isEmpty();
  }

  @Test
  void copiesTheDoFlagAndNoOther() {
    assertThat(ask(1232, 0, ExtendedFlags.DO).getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
    assertThat(ask(1232, 0, 0x7fff).getOPT().getFlags()).isZero();
  }

  @Test
  void ignoresOptionsThatItDoesNotKnow() {
    Message answer = ask(1232, 0, 0, new GenericEDNSOption(65001, new byte[] {1, 2, 3}));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    assertThat(answer.getOPT().getOptions()).isEmpty();
  }

  @Test
  void answersUnknownVersionsWithBadversAsZeroInTheHeaderAndOneInTheOpt() {
    Message answer = ask(1232, 1, 0);
    assertThat(answer.getHeader().getRcode()).isZero();
    assertThat(answer.getOPT().getExtendedRcode()).isEqualTo(1);
    assertThat(answer.getOPT().getVersion()).isZero();
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getQuestion().getName()).hasToString("www.example.test.");
  }

  /** RFC 6891 section 6.1.1. */
  @Test
  void answersOtherOpcodesWithAnOptIffAsked() {
    for (int opcode : OTHER_OPCODES) {
      assertThat(asked.ask(ofOpcode(opcode), Transport.UDP).getOPT())
          .as("opcode %d", opcode)
          .isNull();
      Message query = ofOpcode(opcode);
      query.addRecord(
          new OPTRecord(1232, 0, 0, ExtendedFlags.DO, List.of(COOKIE)), Section.ADDITIONAL);
      Message answer = asked.ask(query, Transport.UDP);
      assertThat(answer.getRcode()).as("opcode %d", opcode).isEqualTo(Rcode.NOTIMP);
      assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(1);
      assertThat(answer.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
      assertThat(answer.getOPT().getOptions(Code.COOKIE)).hasSize(1);
    }
  }

  @Test
  void findsTheOptBehindTheOtherRecordsOfANotify() {
    Message notify = ofOpcode(Opcode.NOTIFY);
    notify.addRecord(
        Asked.records("example.test", "@ 60 SOA ns admin 1 1 1 1 60").getFirst(), Section.ANSWER);
    notify.addRecord(Asked.records("example.test", "@ 60 NS ns").getFirst(), Section.AUTHORITY);
    notify.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    assertThat(asked.ask(notify, Transport.UDP).getOPT()).isNotNull();
  }

  /**
   * RFC 6891 section 6.1.3: the version is more than the opcode, and than the number of questions.
   */
  @Test
  void answersUnknownVersionsWithBadversWhateverElseIsNotServed() {
    for (int opcode : OTHER_OPCODES) {
      Message query = ofOpcode(opcode);
      query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
      assertThat(asked.ask(query, Transport.UDP).getRcode())
          .as("opcode %d", opcode)
          .isEqualTo(Rcode.BADVERS);
    }
    Message twice = Asked.query("www.example.test", "A");
    twice.addRecord(twice.getQuestion(), Section.QUESTION);
    twice.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
    assertThat(asked.ask(twice, Transport.UDP).getRcode()).isEqualTo(Rcode.BADVERS);
  }

  @Test
  void refusesWhatIsMalformedWithAnOptIffAsked() {
    for (Message malformed : malformed()) {
      assertThat(asked.ask(malformed, Transport.UDP).getOPT()).isNull();
      malformed.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
      Message answer = asked.ask(malformed, Transport.UDP);
      assertThat(answer.getRcode()).as("%s", malformed).isEqualTo(Rcode.FORMERR);
      assertThat(answer.getOPT()).as("%s", malformed).isNotNull();
      assertThat(answer.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
    }
  }

  private static List<Message> malformed() {
    Message questions = Asked.query("www.example.test", "A");
    questions.addRecord(Asked.query("example.test", "NS").getQuestion(), Section.QUESTION);
    Message answers = Asked.query("www.example.test", "A");
    answers.addRecord(
        Asked.records("example.test", "www 60 A 192.0.2.1").getFirst(), Section.ANSWER);
    return List.of(questions, answers);
  }

  /** Cut in the second question, and in the record before the OPT. */
  @Test
  void goesWithoutAnOptWhereTheWayToItIsBroken() {
    Message twice = Asked.query("www.example.test", "A");
    twice.addRecord(Asked.query("example.test", "NS").getQuestion(), Section.QUESTION);
    twice.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    byte[] whole = twice.toWire();
    for (int length = 12; length < whole.length; length++) {
      byte[] answer = asked.askRaw(Arrays.copyOf(whole, length), Transport.UDP);
      assertThat(answer).as("cut to %d octets", length).hasSize(12);
      assertThat(answer[3] & 15).isEqualTo(Rcode.FORMERR);
    }
  }

  private static Message ofOpcode(int opcode) {
    Message query = Asked.query("example.test", "SOA");
    query.getHeader().setOpcode(opcode);
    return query;
  }

  @Test
  void refusesTwoOptRecordsAsMalformed() {
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    query.addRecord(new OPTRecord(1400, 0, 0), Section.ADDITIONAL);
    Message answer = asked.ask(query, Transport.UDP);
    assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(1);
  }

  @Test
  void refusesAnOptRecordWhoseOptionsAreCutShort() {
    byte[] query = rawWithOption(8, 4, new byte[] {0, 1, 24, 0});
    query[query.length - 5] = 40;
    assertThat(asked.askRaw(query, Transport.UDP)[3] & 15).isEqualTo(Rcode.FORMERR);
  }

  @Test
  void echoesTheClientSubnetWithScopeZeroUnlessAZoneSaysMore() {
    ClientSubnetOption sent = new ClientSubnetOption(24, InetAddress.ofLiteral("198.51.100.0"));
    ClientSubnetOption back = subnet(ask(1232, 0, 0, sent));
    assertThat(back.getSourcePrefixLength()).isEqualTo(24);
    assertThat(back.getScopePrefixLength()).isZero();
    assertThat(back.getAddress()).isEqualTo(sent.getAddress());

    ClientSubnetOption six = new ClientSubnetOption(56, InetAddress.ofLiteral("2001:db8:1:200::"));
    ClientSubnetOption sixBack = subnet(ask(new Asked(new ScopeZone()), 1232, 0, 0, six));
    assertThat(sixBack.getSourcePrefixLength()).isEqualTo(56);
    assertThat(sixBack.getScopePrefixLength()).isEqualTo(48);
    assertThat(sixBack.getAddress()).isEqualTo(six.getAddress());

    ClientSubnetOption host = new ClientSubnetOption(128, InetAddress.ofLiteral("2001:db8::1:2:3"));
    assertThat(subnet(ask(1232, 0, 0, host)).getAddress()).isEqualTo(host.getAddress());
  }

  @Test
  void echoesASubnetOfLengthZero() {
    ClientSubnetOption back =
        subnet(ask(1232, 0, 0, new ClientSubnetOption(0, InetAddress.ofLiteral("0.0.0.0"))));
    assertThat(back.getSourcePrefixLength()).isZero();
    assertThat(back.getScopePrefixLength()).isZero();
  }

  @Test
  void sendsNoSubnetUnlessOneCame() {
    Message answer = ask(new Asked(new ScopeZone()), 1232, 0, 0);
    assertThat(answer.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET)).isEmpty();
  }

  @Test
  void refusesMalformedClientSubnets() {
    byte[][] malformed = {
      {0, 1, 24, 0, 1, 2}, // an octet is missing
      {0, 1, 24, 0, 1, 2, 3, 4}, // an octet too many
      {0, 1, 20, 0, 1, 2, 3}, // bits behind the length
      {0, 1, 33, 0, 1, 2, 3, 4, 0}, // longer than an address
      {0, 1, 24, 8, 1, 2, 3}, // a scope in a query
      {0, 3, 8, 0, 1}, // a family that does not exist
      {0, 1, 24}, // no fixed part
    };
    for (byte[] option : malformed) {
      byte[] answer = asked.askRaw(rawWithOption(8, option.length, option), Transport.UDP);
      assertThat(answer[3] & 15).as(java.util.Arrays.toString(option)).isEqualTo(Rcode.FORMERR);
    }
    byte[] fine = rawWithOption(8, 4, new byte[] {0, 0, 0, 0});
    assertThat(asked.askRaw(fine, Transport.UDP)[3] & 15).as("no family").isZero();
  }

  @Test
  void refusesToChooseAmongSeveralClientSubnets() {
    ClientSubnetOption one = new ClientSubnetOption(24, InetAddress.ofLiteral("198.51.100.0"));
    ClientSubnetOption other = new ClientSubnetOption(24, InetAddress.ofLiteral("203.0.113.0"));
    Message answer = ask(1232, 0, 0, one, other);
    assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(answer.getSection(Section.ADDITIONAL)).as("one OPT record").hasSize(1);
  }

  @Test
  void hasOneOptWithTheSubnetAndTheDoFlagTogether() {
    ClientSubnetOption sent = new ClientSubnetOption(24, InetAddress.ofLiteral("198.51.100.0"));
    Message answer = ask(1232, 0, ExtendedFlags.DO, sent);
    assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(1);
    assertThat(answer.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
    assertThat(subnet(answer).getSourcePrefixLength()).isEqualTo(24);
  }

  @Test
  void carriesAnExtendedErrorThatAZoneSets() {
    Message answer = ask(new Asked(new ScopeZone()), 1232, 0, 0);
    ExtendedErrorCodeOption error =
        (ExtendedErrorCodeOption)
            answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
    assertThat(error.getErrorCode()).isEqualTo(3);
    assertThat(error.getText()).isEqualTo("old");
  }

  private static ClientSubnetOption subnet(Message answer) {
    List<EDNSOption> options = answer.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET);
    assertThat(options).hasSize(1);
    return (ClientSubnetOption) options.getFirst();
  }

  /** A query with one option whose length field may be wrong. */
  private static byte[] rawWithOption(int code, int length, byte[] data) {
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(code, data))),
        Section.ADDITIONAL);
    byte[] wire = query.toWire();
    wire[wire.length - data.length - 1] = (byte) length;
    return wire;
  }

  /** Sets a scope and an error in every answer. */
  private static final class ScopeZone implements Zone {
    @Override
    public DomainName apex() {
      return DomainName.of("example.test");
    }

    @Override
    public void answer(Query query, Answer answer) {
      answer.subnetScope(48);
      answer.extendedError(3, "old".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
