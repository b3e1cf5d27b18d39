package net.dglb.dns.zone;

import static net.dglb.dns.serve.Asked.additional;
import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

class TruncationTest {

  private static final String BASE = "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\n";

  private final Asked asked =
      new Asked(
          Asked.zone(
              "example.test",
              BASE
                  + lines(100, "big 60 A 192.0.2.%d\n")
                  + lines(8, "glued 60 NS ns%d.glued\nns%1$d.glued 60 AAAA 2001:db8::%1$d\n")
                  + lines(8, "glued 60 NS ns%d.glued\nns%1$d.glued 60 A 192.0.2.%1$d\n")
                  + lines(16, "beside 60 NS ns%d.other\nns%1$d.other 60 AAAA 2001:db8::%1$d\n")
                  + "alias 60 CNAME big\n"));

  private static String lines(int count, String format) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining());
  }

  @Test
  void leavesOutASetThatDoesNotFitAsAWholeAndSaysSo() {
    Message answer = asked.ask("big.example.test", "A");
    assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(answer(answer)).isEmpty();
    Message alias = asked.ask("alias.example.test", "A");
    assertThat(alias.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(answer(alias)).containsExactly("alias.example.test. 60 CNAME big.example.test.");
    assertThat(asked.counters().truncated()).isEqualTo(2);
  }

  @Test
  void givesEverythingOverTcp() {
    Message answer = asked.overTcp("big.example.test", "A");
    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(answer(answer)).hasSize(100);
  }

  @Test
  void setsTcWhenNeededGlueDoesNotFit() {
    Message udp = asked.ask("x.glued.example.test", "A");
    assertThat(authority(udp)).hasSize(8);
    assertThat(additional(udp)).hasSizeBetween(1, 15);
    assertThat(udp.getHeader().getFlag(Flags.TC)).as("TC").isTrue();
    Message tcp = asked.overTcp("x.glued.example.test", "A");
    assertThat(tcp.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(additional(tcp)).hasSize(16);
  }

  @Test
  void leavesOutOtherAddressesSilently() {
    Message answer = asked.ask("x.beside.example.test", "A");
    assertThat(authority(answer)).hasSize(16);
    assertThat(additional(answer)).hasSizeBetween(1, 15);
    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 512", "511, 512", "512, 512", "1000, 1000", "1232, 1232", "65535, 1232"})
  void keepsToTheAdvertisedSizeBetweenFloorAndCap(int advertised, int expected) {
    for (int count = 1; count <= 80; count++) {
      Asked sized =
          new Asked(Asked.zone("example.test", BASE + lines(count, "n 60 A 192.0.2.%d\n")));
      Message query = Asked.query("n.example.test", "A");
      query.addRecord(new OPTRecord(advertised, 0, 0, 0, List.of()), Section.ADDITIONAL);
      Message answer = sized.ask(query, Transport.UDP);
      int whole = 12 + 20 + 16 * count + 11;
      assertThat(answer.getHeader().getFlag(Flags.TC))
          .as("%d records, %d octets", count, whole)
          .isEqualTo(whole > expected);
      assertThat(answer.numBytes()).isLessThanOrEqualTo(expected);
    }
  }
}
