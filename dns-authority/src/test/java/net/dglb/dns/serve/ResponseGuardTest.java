package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.dglb.dns.wire.Transport;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;

class ResponseGuardTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("198.51.100.8");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("203.0.113.1");

  private final Parts parts =
      new Parts(
          Asked.zone(
              "example.test",
              "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\nweb 60 A 192.0.2.2\n"
                  + "big 60 TXT \"%s\" \"%s\"\n".formatted("x".repeat(250), "y".repeat(150))));

  private InProcessServer limitedTo(int rate, int slip) {
    return parts.guards(limit(rate, slip)).server();
  }

  private static GuardSettings limit(int rate, int slip) {
    return new GuardSettings(rate, slip, 0, List.of(), List.of());
  }

  private static int answersOf(int count, InProcessServer server, InetAddress source, String name) {
    int answers = 0;
    for (int i = 0; i < count; i++) {
      byte[] query = Asked.query(name.replace("#", "" + i), "A").toWire();
      answers += server.ask(query, source, Transport.UDP).length > 0 ? 1 : 0;
    }
    return answers;
  }

  @Test
  void sendsSoManyAnswersOfAKindPerSecondToANetworkAndGoesOnWithTime() {
    InProcessServer server = limitedTo(10, 0);
    assertThat(answersOf(25, server, HERE, "www.example.test")).isEqualTo(10);
    assertThat(answersOf(25, server, NEIGHBOUR, "www.example.test")).as("the same /24").isZero();
    assertThat(answersOf(25, server, ELSEWHERE, "www.example.test")).isEqualTo(10);
    assertThat(answersOf(25, server, HERE, "web.example.test")).as("another name").isEqualTo(10);
    parts.advanceMillis(500);
    assertThat(answersOf(25, server, HERE, "www.example.test")).isEqualTo(5);
    assertThat(server.counters().limited()).isEqualTo(15 + 25 + 15 + 15 + 20);
  }

  @Test
  void countsWhatAllWorkersAnswerTogether() {
    ServerParts shared = parts.guards(new GuardSettings(10, 0, 0, List.of(), List.of())).shared();
    InProcessServer one = new InProcessServer(shared);
    InProcessServer other = new InProcessServer(shared);
    assertThat(answersOf(4, one, HERE, "www.example.test")).isEqualTo(4);
    assertThat(answersOf(25, other, HERE, "www.example.test")).isEqualTo(6);
    assertThat(answersOf(25, one, HERE, "www.example.test")).isZero();
  }

  @Test
  void countsInventedNamesOfAZoneAsOneKind() {
    InProcessServer server = limitedTo(10, 0);
    assertThat(answersOf(50, server, HERE, "nothing-#.example.test")).isEqualTo(10);
    assertThat(answersOf(50, server, HERE, "elsewhere-#.example.org")).isEqualTo(10);
  }

  @Test
  void takesANetworkOfIpv6As56Bits() {
    InProcessServer server = limitedTo(10, 0);
    InetAddress one = InetAddress.ofLiteral("2001:db8:1:100::1");
    assertThat(answersOf(25, server, one, "www.example.test")).isEqualTo(10);
    InetAddress same = InetAddress.ofLiteral("2001:db8:1:1ff::1");
    assertThat(answersOf(25, server, same, "www.example.test")).isZero();
    InetAddress other = InetAddress.ofLiteral("2001:db8:1:200::1");
    assertThat(answersOf(25, server, other, "www.example.test")).isEqualTo(10);
  }

  @Test
  void leavesEverySecondHeldBackAnswerTruncatedAndEmpty() throws IOException {
    InProcessServer server = limitedTo(10, 2);
    assertThat(answersOf(10, server, HERE, "www.example.test")).isEqualTo(10);
    assertThat(answersOf(20, server, HERE, "www.example.test")).isEqualTo(10);
    assertThat(server.counters().slipped()).isEqualTo(10);
    byte[] query = Asked.query("www.example.test", "A").toWire();
    assertThat(server.ask(query, HERE, Transport.UDP)).isEmpty();
    Message slipped = new Message(server.ask(query, HERE, Transport.UDP));
    assertThat(slipped.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(slipped.getSection(Section.ANSWER)).isEmpty();
    assertThat(slipped.getQuestion()).isNotNull();
  }

  @Test
  void limitsAlsoWhatIsAnsweredElsewhere() throws IOException {
    List<SlowPath.Request> taken = new ArrayList<>();
    InProcessServer server = parts.slowPath(taken::add).guards(limit(10, 2)).server();
    Message update = new Message();
    update.getHeader().setOpcode(Opcode.UPDATE);
    for (int i = 0; i < 11; i++) {
      assertThat(server.ask(update.toWire(), HERE, Transport.UDP)).isEmpty();
    }
    assertThat(taken).hasSize(10);
    Message slipped = new Message(server.ask(update.toWire(), NEIGHBOUR, Transport.UDP));
    assertThat(slipped.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(server.ask(update.toWire(), HERE, Transport.TCP)).isEmpty();
    assertThat(taken).as("over TCP").hasSize(11);
    assertThat(answersOf(5, server, HERE, "www.example.test")).as("of other kinds").isEqualTo(5);
  }

  @Test
  void limitsNeitherTcpNorExemptNetworks() {
    InProcessServer server =
        parts
            .guards(new GuardSettings(1, 0, 0, List.of(), List.of(Prefix.parse("198.51.100.0/24"))))
            .server();
    assertThat(answersOf(25, server, HERE, "www.example.test")).isEqualTo(25);
    byte[] query = Asked.query("www.example.test", "A").toWire();
    for (int i = 0; i < 10; i++) {
      assertThat(server.ask(query, ELSEWHERE, Transport.TCP)).isNotEmpty();
    }
  }

  @Test
  void saysNothingToDeniedNetworksUnlessALongerPrefixIsExempt() {
    InProcessServer server =
        parts
            .guards(
                new GuardSettings(
                    0,
                    0,
                    0,
                    List.of(Prefix.parse("198.51.100.0/24")),
                    List.of(Prefix.parse("198.51.100.8"))))
            .server();
    assertThat(answersOf(3, server, HERE, "www.example.test")).isZero();
    assertThat(answersOf(3, server, NEIGHBOUR, "www.example.test")).isEqualTo(3);
    assertThat(answersOf(3, server, ELSEWHERE, "www.example.test")).isEqualTo(3);
    assertThat(server.counters().denied()).isEqualTo(3);
  }

  @Test
  void amplifiesNoQueryWithoutACookieBeyondItsLimit() throws IOException {
    Message query = Asked.query("big.example.test", "TXT");
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    byte[] wire = query.toWire();
    InProcessServer server =
        parts.guards(new GuardSettings(0, 0, 5, List.of(), List.of())).server();
    byte[] limited = server.ask(wire, HERE, Transport.UDP);
    assertThat(limited.length).isLessThanOrEqualTo(5 * wire.length);
    assertThat(new Message(limited).getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(new Message(server.ask(wire, HERE, Transport.TCP)).getSection(Section.ANSWER))
        .hasSize(1);
    InProcessServer free = parts.guards(GuardSettings.OFF).server();
    assertThat(new Message(free.ask(wire, HERE, Transport.UDP)).getSection(Section.ANSWER))
        .hasSize(1);
  }
}
