package net.dglb.dns.zone;

import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

class AddressZoneTest {

  private static final DomainName APEX = DomainName.of("lb-1.www.lb.example.test");
  private static final SoaSettings SOA =
      new SoaSettings(
          DomainName.of("lb-1.ns.lb.example.test"),
          DomainName.of("admin.example.test"),
          1,
          3600,
          600,
          86400,
          30,
          300);
  private static final String NEGATIVE =
      "lb-1.www.lb.example.test. 30 SOA lb-1.ns.lb.example.test. admin.example.test."
          + " 1 3600 600 86400 30";

  private static AddressZone zone(String... addresses) {
    return new AddressZone(
        APEX,
        SOA,
        List.of(DomainName.of("lb-1.ns.lb.example.test"), DomainName.of("lb-2.ns.lb.example.test")),
        3600,
        AddressSets.of(300, List.of(addresses).stream().map(InetAddress::ofLiteral).toList()));
  }

  private final Asked asked = new Asked(zone("192.0.2.2", "2001:db8::2", "192.0.2.1"));

  @Test
  void answersAddressesOfEachFamilyInTheGivenOrder() {
    Message answer = asked.ask(APEX.toString(), "A");
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer(answer))
        .containsExactly(
            "lb-1.www.lb.example.test. 300 A 192.0.2.2",
            "lb-1.www.lb.example.test. 300 A 192.0.2.1");
    assertThat(answer(asked.ask(APEX.toString(), "AAAA")))
        .containsExactly("lb-1.www.lb.example.test. 300 AAAA 2001:db8:0:0:0:0:0:2");
  }

  @Test
  void answersItsNameServersAndItsSoa() {
    assertThat(answer(asked.ask(APEX.toString(), "NS")))
        .containsExactly(
            "lb-1.www.lb.example.test. 3600 NS lb-1.ns.lb.example.test.",
            "lb-1.www.lb.example.test. 3600 NS lb-2.ns.lb.example.test.");
    assertThat(answer(asked.ask(APEX.toString(), "SOA")).getFirst()).contains(" 300 SOA ");
  }

  @Test
  void saysNoDataForOtherTypesAndForAFamilyWithoutAddress() {
    Asked fourOnly = new Asked(zone("192.0.2.2"));
    for (Message answer :
        List.of(
            asked.ask(APEX.toString(), "HTTPS"),
            asked.ask(APEX.toString(), "TYPE65280"),
            fourOnly.ask(APEX.toString(), "AAAA"))) {
      assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(answer(answer)).isEmpty();
      assertThat(authority(answer)).containsExactly(NEGATIVE);
    }
  }

  @Test
  void saysThatNothingExistsBelow() {
    Message answer = asked.ask("x.lb-1.www.lb.example.test", "A");
    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(authority(answer)).containsExactly(NEGATIVE);
  }

  @Test
  void answersAnyWithOneSet() {
    assertThat(answer(asked.ask(APEX.toString(), "ANY"))).hasSize(2);
  }

  @Test
  void refusesTimesAndSerialsOutOfRange() {
    assertThatThrownBy(() -> new SoaSettings(DomainName.ROOT, DomainName.ROOT, -1, 1, 1, 1, 1, 1))
        .hasMessage("serial: -1 (expected 0 to 4294967295)");
    assertThatThrownBy(() -> new SoaSettings(DomainName.ROOT, DomainName.ROOT, 1, 1, 1, 1, -5, 1))
        .hasMessage("SOA time: -5 (expected 0 to 2147483647)");
  }
}
