package net.dglb.dns.wire;

import static net.dglb.dns.serve.Asked.additional;
import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Answers put together from a part that belongs to a name and one that belongs to a label. */
class ComposedAnswerTest {

  private static final DomainName APEX = DomainName.of("lb.example.test");
  private static final DomainName SERVICE = DomainName.of("www.lb.example.test");
  private static final byte[] NYC = {3, 'n', 'y', 'c'};

  /** An alias to {@code nyc.<service>} beside a referral for it; only the label is known to it. */
  private static final class Referring implements Zone {

    private final NameTable<Integer> services = NameTable.of(Map.of(WireName.of(SERVICE), 20));
    private final NameTable<String> labels =
        NameTable.of(Map.of(WireName.ofLabel("NYC"), "nyc", WireName.ofLabel("ber"), "ber"));

    /** Compiled once for all services: the suffix is the service that the question ends in. */
    private final RecordSet alias =
        new RecordSetBuilder(RecordType.CNAME, 3600, SERVICE).name(SERVICE.child("nyc")).build();

    private final RecordSet servers =
        new RecordSetBuilder(RecordType.NS, 3600, APEX)
            .name(DomainName.of("nyc.ns.lb.example.test"))
            .name(DomainName.of("ber.ns.lb.example.test"))
            .build();
    private final RecordSet glue =
        new RecordSetBuilder(RecordType.A, 3600, APEX)
            .address(InetAddress.ofLiteral("192.0.2.1"))
            .build();

    @Override
    public DomainName apex() {
      return APEX;
    }

    @Override
    public void answer(Query query, Answer answer) {
      Integer ttlSeconds = services.find(query, 0);
      if (ttlSeconds != null) {
        answer.authoritative(true);
        answer.append(alias, Answer.NO_PREFIX, 0, 0, ttlSeconds);
        answer.appendWhole(
            new NameServersWithGlue(servers, List.of(new NameServersWithGlue.Glue(1, glue))),
            NYC,
            0);
      } else if (services.find(query, 1) != null && labels.findLabel(query, 0) != null) {
        refer(answer);
      } else {
        answer.rcode(Rcode.NXDOMAIN);
      }
    }

    private void refer(Answer answer) {
      answer.section(Section.AUTHORITY);
      int start = answer.position();
      answer.append(servers, 0);
      answer.section(Section.GLUE);
      answer.appendAt(glue, start + servers.nameOffset(1));
    }
  }

  private final Asked asked = new Asked(new Referring());

  @Test
  void writesAnAliasWithItsOwnTtlBesideTheReferralOfItsTarget() {
    Message answer = asked.ask("WWW.lb.example.test", "A");
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer(answer))
        .containsExactly("WWW.lb.example.test. 20 CNAME nyc.WWW.lb.example.test.");
    assertThat(authority(answer))
        .containsExactly(
            "nyc.WWW.lb.example.test. 3600 NS nyc.ns.lb.example.test.",
            "nyc.WWW.lb.example.test. 3600 NS ber.ns.lb.example.test.");
    assertThat(additional(answer)).containsExactly("ber.ns.lb.example.test. 3600 A 192.0.2.1");
  }

  @Test
  void findsALabelByItselfWhateverItsCase() {
    Message answer = asked.ask("bEr.www.lb.example.test", "A");
    assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(authority(answer))
        .contains("bEr.www.lb.example.test. 3600 NS nyc.ns.lb.example.test.");
    assertThat(asked.ask("rom.www.lb.example.test", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(asked.ask("ny.www.lb.example.test", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void refusesRecordSetsThatCannotBe() {
    assertThatThrownBy(() -> new RecordSetBuilder(0, 60, APEX))
        .hasMessage("record type: 0 (expected 1 to 65535)");
    assertThatThrownBy(() -> new RecordSetBuilder(65536, 60, APEX))
        .hasMessage("record type: 65536 (expected 1 to 65535)");
    assertThatThrownBy(() -> new RecordSetBuilder(1, -1, APEX))
        .hasMessage("TTL: -1 (expected 0 to 2147483647)");
    assertThatThrownBy(() -> new RecordSetBuilder(1, 60, APEX).build())
        .hasMessage("record set of type 1: no records");
    assertThatThrownBy(() ->
            new RecordSetBuilder(RecordType.A, 60, APEX)
                .address(InetAddress.ofLiteral("2001:db8::1")))
        .hasMessage("address 2001:db8:0:0:0:0:0:1 in a set of type 1");
    assertThatThrownBy(() -> new RecordSetBuilder(16, 60, APEX).data(new byte[65536]))
        .hasMessageContaining("more than 65000 octets");
  }
}
