package net.dglb.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.net.PrefixSlots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Half of the slots get 192.0.2.1, the others 192.0.2.2; 198.51.100.0/25 always gets 192.0.2.3. */
class AnswerSetTest {

  private static final DomainName APEX = DomainName.of("lb-1.www.example.test");
  private static final List<Integer> HALVES =
      IntStream.range(0, PrefixSlots.COUNT).mapToObj(it -> 2 * it / PrefixSlots.COUNT).toList();

  private final List<LongAdder> given = List.of(new LongAdder(), new LongAdder(), new LongAdder());

  private InProcessServer server(Selection selection) {
    List<List<InetAddress>> choices =
        List.of(addresses("192.0.2.1"), addresses("192.0.2.2"), addresses("192.0.2.3"));
    return server(AnswerSet.ofAddresses(RecordType.A, 60, choices, false, selection, given));
  }

  private static InProcessServer server(AnswerSet set) {
    return new InProcessServer(
        Catalog.of(
            List.of(
                new AddressZone(
                    APEX,
                    new SoaSettings(APEX, APEX, 1, 1, 1, 1, 1, 1),
                    List.of(APEX.child("ns")),
                    60,
                    new AddressSets(set, AnswerSet.none(), AnswerSet.none())))));
  }

  private static List<InetAddress> addresses(String... texts) {
    return List.of(texts).stream().map(InetAddress::ofLiteral).toList();
  }

  private static Selection selection(boolean perQuery) {
    return new Selection(
        perQuery, Map.of(Prefix.parse("198.51.100.0/25"), 1), List.of(HALVES, List.of(2)), 0);
  }

  private static Message ask(InProcessServer server, String source, String subnet) {
    Message query = Asked.query(APEX.toString(), "A");
    List<EDNSOption> options = new ArrayList<>();
    if (!subnet.isEmpty()) {
      Prefix prefix = Prefix.parse(subnet);
      options.add(new ClientSubnetOption(prefix.length(), prefix.address()));
    }
    query.addRecord(new OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
    byte[] answer = server.ask(query.toWire(), InetAddress.ofLiteral(source), Transport.UDP);
    try {
      return new Message(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String first(Message answer) {
    return ((ARecord) answer.getSection(Section.ANSWER).getFirst()).getAddress().getHostAddress();
  }

  private static int scope(Message answer) {
    return answer.getOPT().getOptions().stream()
        .map(ClientSubnetOption.class::cast)
        .findFirst()
        .orElseThrow()
        .getScopePrefixLength();
  }

  @Test
  void givesAPrefixTheSameEveryTimeAndDividesPrefixesEvenly() {
    InProcessServer server = server(selection(false));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      String net = "10." + i / 200 + "." + i % 200;
      String answered = first(ask(server, net + ".1", ""));
      assertThat(first(ask(server, net + ".99", ""))).as(net).isEqualTo(answered);
      counts.merge(answered, 1, Integer::sum);
    }
    int first = counts.getOrDefault("192.0.2.1", 0);
    assertThat(first).isBetween(900, 1_100);
    assertThat(first + counts.getOrDefault("192.0.2.2", 0)).isEqualTo(2_000);
    assertThat(given.get(0).sum()).isEqualTo(2L * first);
  }

  @Test
  void takesTurnsSoThatNoSiteWaitsLong() {
    InProcessServer server = server(selection(true));
    List<String> answered = new ArrayList<>();
    for (int i = 0; i < PrefixSlots.COUNT; i++) {
      answered.add(first(ask(server, "10.0.0.1", "")));
    }
    assertThat(answered).filteredOn("192.0.2.1"::equals).hasSize(PrefixSlots.COUNT / 2);
    for (int i = 0; i + 4 < answered.size(); i++) {
      assertThat(answered.subList(i, i + 4)).as("from turn %d", i).contains("192.0.2.1");
    }
  }

  @ParameterizedTest(name = "asked from {0} for {1}: scope {2}")
  @CsvSource({
    // The subnet decided: by a rule, by its slot, by both or by neither of them.
    "198.51.100.1, 198.51.100.0/24, 25, 192.0.2.3",
    "10.0.0.1, 198.51.100.0/25, 25, 192.0.2.3",
    "10.0.0.1, 203.0.113.0/24, 24, ",
    "10.0.0.1, 203.0.113.128/25, 24, ",
    "198.51.100.1, 203.0.113.0/24, 5, 192.0.2.3",
    // The client asks not to be told apart: the resolver decides.
    "198.51.100.1, 0.0.0.0/0, 0, 192.0.2.3",
    "10.0.0.1, 2001:db8:1::/56, 48, ",
  })
  void saysForWhichSubnetsAnAnswerHolds(String source, String subnet, int scope, String expected) {
    Message answer = ask(server(selection(false)), source, subnet);
    assertThat(scope(answer)).isEqualTo(scope);
    if (expected != null) {
      assertThat(first(answer)).isEqualTo(expected);
    }
  }

  @Test
  void givesTheWholeScopeTheSameAnswer() {
    InProcessServer server = server(selection(false));
    for (int i = 0; i < 200; i++) {
      String net = "203.0." + i;
      Message answer = ask(server, "10.0.0.1", net + ".0/24");
      assertThat(scope(answer)).isEqualTo(24);
      assertThat(first(ask(server, "10.0.0.1", net + ".128/25"))).isEqualTo(first(answer));
    }
  }

  @Test
  void hasScopeZeroWhereTheSubnetDoesNotCount() {
    Selection inTurn = new Selection(true, Map.of(), List.of(HALVES), 0);
    assertThat(scope(ask(server(inTurn), "10.0.0.1", "203.0.113.0/24"))).isZero();
    assertThat(scope(ask(server(Selection.only()), "10.0.0.1", "203.0.113.0/24"))).isZero();
  }

  @Test
  void rotatesTheAddressesOfAnAnswer() {
    InProcessServer server =
        server(
            AnswerSet.ofAddresses(
                RecordType.A,
                60,
                List.of(addresses("192.0.2.1", "192.0.2.2", "192.0.2.3")),
                true,
                Selection.only(),
                List.of()));
    List<String> firsts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Message answer = ask(server, "10.0.0.1", "");
      assertThat(answer.getSection(Section.ANSWER)).hasSize(3);
      firsts.add(first(answer));
    }
    assertThat(firsts)
        .containsExactly(
            "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1", "192.0.2.2", "192.0.2.3");
  }
}
