package net.dglb.dns.zone;

import static net.dglb.dns.serve.Asked.additional;
import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class StaticZoneTest {

  private static final String ZONE =
      """
      @            3600 SOA ns1 admin 7 3600 600 86400 60
      @            3600 NS  ns1
      @            3600 NS  ns.elsewhere.test.
      ns1          300  A   192.0.2.1
      ns1          300  AAAA 2001:db8::1
      www          300  A   192.0.2.10
      www          200  A   192.0.2.11
      alias        60   CNAME www
      alias2       60   CNAME alias
      away         60   CNAME www.elsewhere.test.
      nowhere      60   CNAME missing
      loop         60   CNAME loop2
      loop2        60   CNAME loop
      self         60   CNAME self
      into         60   CNAME host.sub
      a.b.ent      60   A   192.0.2.20
      *.wild       60   A   192.0.2.30
      *.wild       60   TXT "wild"
      here.wild    60   A   192.0.2.31
      *.wildalias  60   CNAME www
      towild       60   CNAME x.y.wild
      *.selfwild   60   CNAME any.selfwild
      mail         60   MX  10 www
      web          60   HTTPS 1 . alpn=h2
      odd          60   TYPE65280 \\# 3 010203
      sub          600  NS  ns.sub
      sub          600  NS  ns.sibling
      sub          600  NS  ns.elsewhere.test.
      sub          600  DS  1 13 2 0000000000000000000000000000000000000000000000000000000000000000
      ns.sub       60   A   192.0.2.40
      ns.sub       60   AAAA 2001:db8::40
      deep.sub     600  NS  ns.deep.sub
      ns.deep.sub  60   A   192.0.2.42
      sibling      600  NS  ns.sibling
      ns.sibling   60   A   192.0.2.41
      """;

  private final Asked asked = new Asked(Asked.zone("example.test", ZONE));

  private static final String SOA =
      "example.test. 60 SOA ns1.example.test. admin.example.test. 7 3600 600 86400 60";

  @Test
  void answersAnExistingNameWithTheLowestTtlOfTheSet() {
    Message answer = asked.ask("www.example.test", "A");
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer(answer))
        .containsExactly(
            "www.example.test. 200 A 192.0.2.10", "www.example.test. 200 A 192.0.2.11");
    assertThat(authority(answer)).isEmpty();
    assertThat(additional(answer)).isEmpty();
  }

  @Test
  void givesTheSoaItsOwnTtlWhenAskedForIt() {
    assertThat(answer(asked.ask("example.test", "SOA")))
        .containsExactly(
            "example.test. 3600 SOA ns1.example.test. admin.example.test. 7 3600 600 86400 60");
    assertThat(answer(asked.ask("example.test", "NS")))
        .containsExactly(
            "example.test. 3600 NS ns1.example.test.", "example.test. 3600 NS ns.elsewhere.test.");
  }

  @Test
  void saysNoDataForAMissingTypeWithTheNegativeTtl() {
    for (String type : new String[] {"AAAA", "TYPE65281", "HTTPS", "DS", "TXT"}) {
      Message answer = asked.ask("www.example.test", type);
      assertThat(answer.getRcode()).as(type).isEqualTo(Rcode.NOERROR);
      assertThat(answer(answer)).as(type).isEmpty();
      assertThat(authority(answer)).as(type).containsExactly(SOA);
      assertThat(answer.getHeader().getFlag(Flags.AA)).as(type).isTrue();
    }
  }

  @Test
  void saysThatANameDoesNotExist() {
    Message answer = asked.ask("x.www.example.test", "A");
    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(authority(answer)).containsExactly(SOA);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
  }

  @Test
  void knowsThatEmptyNonTerminalsExist() {
    for (String name : new String[] {"ent.example.test", "b.ent.example.test"}) {
      Message answer = asked.ask(name, "A");
      assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.NOERROR);
      assertThat(authority(answer)).as(name).containsExactly(SOA);
    }
    assertThat(asked.ask("c.ent.example.test", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void answersFromAWildcardUnlessTheNameExists() {
    assertThat(answer(asked.ask("x.y.wild.example.test", "A")))
        .containsExactly("x.y.wild.example.test. 60 A 192.0.2.30");
    assertThat(answer(asked.ask("here.wild.example.test", "A")))
        .containsExactly("here.wild.example.test. 60 A 192.0.2.31");
    assertThat(authority(asked.ask("here.wild.example.test", "TXT"))).containsExactly(SOA);
    assertThat(asked.ask("x.here.wild.example.test", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer(asked.ask("*.wild.example.test", "A")))
        .containsExactly("*.wild.example.test. 60 A 192.0.2.30");
    Message noData = asked.ask("x.wild.example.test", "AAAA");
    assertThat(noData.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(authority(noData)).containsExactly(SOA);
  }

  @Test
  void followsAliasesInsideTheZone() {
    assertThat(answer(asked.ask("alias2.example.test", "A")))
        .containsExactly(
            "alias2.example.test. 60 CNAME alias.example.test.",
            "alias.example.test. 60 CNAME www.example.test.",
            "www.example.test. 200 A 192.0.2.10",
            "www.example.test. 200 A 192.0.2.11");
    assertThat(answer(asked.ask("alias.example.test", "CNAME")))
        .containsExactly("alias.example.test. 60 CNAME www.example.test.");
    assertThat(answer(asked.ask("q.wildalias.example.test", "A")))
        .startsWith(
            "q.wildalias.example.test. 60 CNAME www.example.test.",
            "www.example.test. 200 A 192.0.2.10");
    assertThat(answer(asked.ask("towild.example.test", "A")))
        .containsExactly(
            "towild.example.test. 60 CNAME x.y.wild.example.test.",
            "x.y.wild.example.test. 60 A 192.0.2.30");
  }

  @Test
  void followsAliasesForEveryTypeWhereNothingIsSigned() {
    for (String type : List.of("NSEC", "RRSIG", "TYPE65280", "DS")) {
      assertThat(answer(asked.ask("alias.example.test", type))).as(type).isNotEmpty();
    }
  }

  @Test
  void endsAnAliasChainByWhatIsAtItsEnd() {
    Message away = asked.ask("away.example.test", "A");
    assertThat(away.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer(away)).containsExactly("away.example.test. 60 CNAME www.elsewhere.test.");
    assertThat(authority(away)).isEmpty();

    Message nowhere = asked.ask("nowhere.example.test", "A");
    assertThat(nowhere.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(authority(nowhere)).containsExactly(SOA);

    Message noData = asked.ask("alias.example.test", "TXT");
    assertThat(noData.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer(noData)).hasSize(1);
    assertThat(authority(noData)).containsExactly(SOA);

    Message into = asked.ask("into.example.test", "A");
    assertThat(into.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(authority(into)).contains("sub.example.test. 600 NS ns.sub.example.test.");
    assertThat(additional(into)).contains("ns.sub.example.test. 60 A 192.0.2.40");
  }

  @Test
  void endsLoopsOfAliasesWithoutRepeatingARecord() {
    assertThat(answer(asked.ask("loop.example.test", "A")))
        .containsExactly(
            "loop.example.test. 60 CNAME loop2.example.test.",
            "loop2.example.test. 60 CNAME loop.example.test.");
    assertThat(answer(asked.ask("self.example.test", "A")))
        .containsExactly("self.example.test. 60 CNAME self.example.test.");
    assertThat(answer(asked.ask("x.selfwild.example.test", "A")))
        .containsExactly(
            "x.selfwild.example.test. 60 CNAME any.selfwild.example.test.",
            "any.selfwild.example.test. 60 CNAME any.selfwild.example.test.");
  }

  @Test
  void refersBelowACutWithGlueInOrderOfNeed() {
    for (String name :
        new String[] {
          "sub.example.test", "x.sub.example.test", "ns.sub.example.test", "deep.sub.example.test"
        }) {
      Message answer = asked.ask(name, "A");
      assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.NOERROR);
      assertThat(answer.getHeader().getFlag(Flags.AA)).as(name).isFalse();
      assertThat(answer(answer)).as(name).isEmpty();
      assertThat(authority(answer))
          .as(name)
          .containsExactly(
              "sub.example.test. 600 NS ns.sub.example.test.",
              "sub.example.test. 600 NS ns.sibling.example.test.",
              "sub.example.test. 600 NS ns.elsewhere.test.");
      assertThat(additional(answer))
          .as(name)
          .containsExactly(
              "ns.sub.example.test. 60 A 192.0.2.40",
              "ns.sub.example.test. 60 AAAA 2001:db8:0:0:0:0:0:40",
              "ns.sibling.example.test. 60 A 192.0.2.41");
    }
  }

  /** Nobody could validate it (RFC 4035 section 3.1.4 is about signed zones). */
  @Test
  void sendsNoDsAlongWithTheReferralOfAZoneThatIsNotSigned() {
    Message query = Asked.query("x.sub.example.test", "A");
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    assertThat(authority(asked.ask(query, Transport.UDP)))
        .hasSize(3)
        .allSatisfy(record -> assertThat(record).contains(" NS "));
  }

  @Test
  void answersDsAtTheCutItself() {
    Message ds = asked.ask("sub.example.test", "DS");
    assertThat(ds.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer(ds)).hasSize(1);
    assertThat(authority(asked.ask("sibling.example.test", "DS"))).containsExactly(SOA);
    assertThat(authority(asked.ask("deep.sub.example.test", "DS"))).hasSize(3);
  }

  @Test
  void answersAnyWithOneSetOnly() {
    assertThat(answer(asked.ask("www.example.test", "ANY"))).hasSize(2);
    assertThat(answer(asked.ask("example.test", "ANY"))).hasSize(1);
    assertThat(answer(asked.ask("alias.example.test", "ANY"))).hasSize(1);
    assertThat(authority(asked.ask("ent.example.test", "ANY"))).containsExactly(SOA);
  }

  @Test
  void servesTypesThatItDoesNotKnow() {
    assertThat(answer(asked.ask("odd.example.test", "TYPE65280")))
        .containsExactly("odd.example.test. 60 TYPE65280 \\# 3 010203");
    assertThat(answer(asked.ask("web.example.test", "HTTPS")))
        .containsExactly("web.example.test. 60 HTTPS 1 . alpn=h2");
    assertThat(answer(asked.ask("mail.example.test", "MX")))
        .containsExactly("mail.example.test. 60 MX 10 www.example.test.");
  }

  @Test
  void tellsEveryProblemOfAZoneAtOnce() {
    String bad =
        """
        www 60 CNAME a
        www 60 A 192.0.2.1
        two 60 CNAME a
        two 60 CNAME b
        *.w 60 NS ns1
        """;
    assertThatThrownBy(
            () -> StaticZone.compile(DomainName.of("bad.test"), Asked.records("bad.test", bad)))
        .isInstanceOf(ZoneException.class)
        .hasMessageContaining("bad.test.: 0 SOA records (expected 1 at the zone's apex)")
        .hasMessageContaining("bad.test.: no NS record")
        .hasMessageContaining("www.bad.test.: CNAME beside A")
        .hasMessageContaining("two.bad.test.: 2 CNAME records (expected 1)")
        .hasMessageContaining("*.w.bad.test.: NS at a wildcard");
    assertThatThrownBy(() ->
            StaticZone.compile(
                DomainName.of("bad.test"), Asked.records("bad.test", "x.org. 60 A 192.0.2.1")))
        .hasMessageContaining("x.org.: lies outside of the zone bad.test.");
  }
}
