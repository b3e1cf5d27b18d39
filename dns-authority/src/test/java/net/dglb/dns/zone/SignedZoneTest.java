package net.dglb.dns.zone;

import static net.dglb.dns.serve.Asked.additional;
import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.sign.SignedZones;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.sign.Validated;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class SignedZoneTest {

  private static final String APEX = "example.test";

  private static final String ZONE =
      """
      @            3600 SOA Ns1 Admin 7 3600 600 86400 60
      @            3600 NS  ns1
      ns1          300  A   192.0.2.1
      Www          300  A   192.0.2.10
      alias        60   CNAME www
      nowhere      60   CNAME missing
      a.b.ent      60   A   192.0.2.20
      *.wild       60   A   192.0.2.30
      here.wild    60   A   192.0.2.31
      *.wildalias  60   CNAME x.wild
      mail         60   MX  10 Www
      web          60   HTTPS 1 www alpn=h2
      big          60   TXT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      open         600  NS  ns.open
      ns.open      60   A   192.0.2.40
      safe         600  NS  ns.safe
      safe         600  DS  1 13 2 0000000000000000000000000000000000000000000000000000000000000000
      ns.safe      60   A   192.0.2.41
      """;

  private final SigningKey key = SignedZones.key();
  private final List<Record> records = SignedZones.records(APEX, ZONE, key);
  private final Asked asked = new Asked(Asked.zone(APEX, SignedZones.text(records)));

  private Message secure(String name, String type) {
    Message query = Asked.query(name + "." + APEX, type);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return asked.ask(query, Transport.UDP);
  }

  /** Types in a section with what signatures cover: {@code A}, {@code RRSIG(A)}. */
  private static List<String> types(Message message, int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .map(record ->
            record instanceof RRSIGRecord rrsig
                ? "RRSIG(" + Type.string(rrsig.getTypeCovered()) + ")"
                : Type.string(record.getType()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "www, A, NOERROR",
    "WWW, A, NOERROR",
    "www, AAAA, NOERROR",
    "missing, A, NXDOMAIN",
    "x.www, A, NXDOMAIN",
    "ent, A, NOERROR",
    "b.ent, TXT, NOERROR",
    "x.ent, A, NXDOMAIN",
    "wild, A, NOERROR",
    "any.wild, A, NOERROR",
    "a.b.wild, A, NOERROR",
    "any.wild, AAAA, NOERROR",
    "here.wild, AAAA, NOERROR",
    "alias, A, NOERROR",
    "alias, AAAA, NOERROR",
    "any.wildalias, A, NOERROR",
    "any.wildalias, AAAA, NOERROR",
    "nowhere, A, NXDOMAIN",
    "mail, MX, NOERROR",
    "web, HTTPS, NOERROR",
    "safe, DS, NOERROR",
    "open, DS, NOERROR",
  })
  void everyAnswerValidates(String name, String type, String rcode) throws Exception {
    Message answer =
        new Validated(asked, APEX, key, Clock.systemUTC()).ask(name + "." + APEX, type);
    assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
  }

  @Test
  void theApexAnswersForItself() throws Exception {
    Validated validated = new Validated(asked, APEX, key, Clock.systemUTC());
    assertThat(answer(validated.ask(APEX, "SOA"))).isNotEmpty();
    assertThat(answer(validated.ask(APEX, "NS"))).isNotEmpty();
    assertThat(answer(validated.ask(APEX, "DNSKEY"))).isNotEmpty();
    assertThat(answer(validated.ask(APEX, "TXT"))).isEmpty();
  }

  @Test
  void whoDoesNotAskForSignaturesGetsNone() {
    Message answer = asked.ask("www." + APEX, "A");
    assertThat(answer(answer)).containsExactly("www." + APEX + ". 300 A 192.0.2.10");
    assertThat(types(asked.ask("missing." + APEX, "A"), Section.AUTHORITY)).containsExactly("SOA");
    assertThat(types(asked.ask("x.safe." + APEX, "A"), Section.AUTHORITY)).containsExactly("NS");
    assertThat(types(asked.ask("x.wild." + APEX, "A"), Section.AUTHORITY)).isEmpty();
  }

  @Test
  void aReferralSaysWhetherTheChildIsSigned() {
    Message open = secure("x.open", "A");
    assertThat(types(open, Section.AUTHORITY)).containsExactly("NS", "NSEC", "RRSIG(NSEC)");
    assertThat(authority(open)).anyMatch(line -> line.startsWith("open." + APEX + ". 60 NSEC"));
    assertThat(additional(open)).containsExactly("ns.open." + APEX + ". 60 A 192.0.2.40");
    Message safe = secure("x.safe", "A");
    assertThat(types(safe, Section.AUTHORITY)).containsExactly("NS", "DS", "RRSIG(DS)");
    assertThat(safe.getHeader().getFlag(Flags.AA)).isFalse();
  }

  @Test
  void aNegativeAnswerProvesItselfWithTheTtlOfNegativeAnswers() {
    assertThat(types(secure("missing", "A"), Section.AUTHORITY))
        .containsExactly("SOA", "RRSIG(SOA)", "NSEC", "RRSIG(NSEC)", "NSEC", "RRSIG(NSEC)");
    assertThat(secure("missing", "A").getSection(Section.AUTHORITY))
        .allMatch(record -> record.getTTL() == 60);
    assertThat(types(secure("www", "AAAA"), Section.AUTHORITY))
        .containsExactly("SOA", "RRSIG(SOA)", "NSEC", "RRSIG(NSEC)");
  }

  /** The NSEC record of the cut: no such name as asked for, and no DS where the alias leads. */
  @Test
  void oneRecordThatProvesTwoThingsIsSentOnce() {
    String text =
        """
        @    60 SOA ns admin 1 1 1 1 60
        @    60 NS ns.d
        d    60 NS ns.d
        ns.d 60 A 192.0.2.1
        *    60 CNAME d
        """;
    List<Record> signed = SignedZones.records(APEX, text, key);
    Message query = Asked.query("e." + APEX, "A");
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    Message answer =
        new Asked(Asked.zone(APEX, SignedZones.text(signed))).ask(query, Transport.UDP);
    assertThat(types(answer, Section.AUTHORITY))
        .containsExactlyInAnyOrder("NS", "NSEC", "RRSIG(NSEC)");
  }

  @Test
  void anyIsOneSetWithItsSignature() {
    assertThat(types(secure("www", "ANY"), Section.ANSWER)).containsExactly("A", "RRSIG(A)");
    assertThat(types(secure("web", "ANY"), Section.ANSWER))
        .as("not the NSEC record, although its type is lower")
        .containsExactly("HTTPS", "RRSIG(HTTPS)");
    assertThat(types(secure("www", "RRSIG"), Section.ANSWER)).containsExactly("RRSIG(A)");
    assertThat(types(secure("www", "NSEC"), Section.ANSWER)).containsExactly("NSEC", "RRSIG(NSEC)");
    assertThat(types(secure("alias", "NSEC"), Section.ANSWER))
        .containsExactly("NSEC", "RRSIG(NSEC)");
  }

  @Test
  void copiesCdAndNeverSetsAd() {
    Message query = Asked.query("www." + APEX, "A");
    query.getHeader().setFlag(Flags.CD);
    query.getHeader().setFlag(Flags.AD);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    Message answer = asked.ask(query, Transport.UDP);
    assertThat(answer.getHeader().getFlag(Flags.CD)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.AD)).isFalse();
    assertThat(answer.getOPT().getFlags() & ExtendedFlags.DO).isNotZero();
  }

  @Test
  void aSetWhoseSignatureDoesNotFitIsLeftOutAndTcSaysSo() {
    Message query = Asked.query("big." + APEX, "TXT");
    query.addRecord(new OPTRecord(512, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    Message udp = asked.ask(query, Transport.UDP);
    assertThat(udp.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(types(udp, Section.ANSWER)).isEmpty();
    assertThat(types(asked.ask(query, Transport.TCP), Section.ANSWER))
        .containsExactly("TXT", "RRSIG(TXT)");
    Message unsigned = Asked.query("big." + APEX, "TXT");
    unsigned.addRecord(new OPTRecord(512, 0, 0), Section.ADDITIONAL);
    assertThat(types(asked.ask(unsigned, Transport.UDP), Section.ANSWER)).containsExactly("TXT");
  }

  @Test
  void aZoneWithoutAChainIsRefused() {
    List<Record> broken = records.stream().filter(record -> record.getType() != Type.NSEC).toList();
    assertThatThrownBy(() -> StaticZone.compile(DomainName.of(APEX), broken))
        .isInstanceOf(ZoneException.class)
        .hasMessageContaining("NSEC3 is not served");
  }
}
