package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpsAnswersTest {

  private static List<InetAddress> addresses(String... texts) {
    return Stream.of(texts).map(InetAddress::ofLiteral).toList();
  }

  private static Answers.Choice choice(String sites, String... texts) {
    return new Answers.Choice(
        addresses(texts), sites.isEmpty() ? List.of() : List.of(sites.split(" ", -1)));
  }

  private static HttpsAnswers.Hints hints(List<InetAddress> ipv4, List<InetAddress> ipv6) {
    return new HttpsAnswers.Hints(ipv4, ipv6);
  }

  @Test
  void saysTheAddressesOfBothFamiliesSiteBySite() {
    Answers ipv4 = Answers.all(choice("a b", "192.0.2.1", "192.0.2.2"));
    Answers ipv6 = Answers.all(choice("a b", "2001:db8::1", "2001:db8::2"));
    assertThat(HttpsAnswers.of(ipv4, ipv6).choices())
        .containsExactly(
            List.of(
                hints(addresses("192.0.2.1"), addresses("2001:db8::1")),
                hints(addresses("192.0.2.2"), addresses("2001:db8::2"))));
  }

  @Test
  void namesBothWinnersWhereTheFamiliesDiffer() {
    Answers ipv4 = Answers.all(choice("a", "192.0.2.1"));
    Answers ipv6 = Answers.all(choice("b", "2001:db8::2"));
    assertThat(HttpsAnswers.of(ipv4, ipv6).choices())
        .containsExactly(
            List.of(
                hints(addresses("192.0.2.1"), List.of()),
                hints(List.of(), addresses("2001:db8::2"))));
  }

  @Test
  void saysNothingWhereThereIsNoAddress() {
    Answers none = Answers.all(choice(""));
    assertThat(HttpsAnswers.of(none, none).choices()).containsExactly(List.of());
  }

  @Test
  void saysNoAddressesWhereSitesTakeTurns() {
    Answers turns =
        new Answers(
            List.of(choice("a", "192.0.2.1"), choice("b", "192.0.2.2")),
            true,
            Map.of(),
            List.of(List.of(0, 1)));
    assertThat(HttpsAnswers.of(turns, Answers.all(choice(""))).choices())
        .containsExactly(List.of(hints(List.of(), List.of())));
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static Answers drawn(Random random, String network, Map<Prefix, Integer> map) {
    List<Answers.Choice> choices = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      choices.add(choice("site-" + i, network + (i + 1)));
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int row = 0; row <= map.size(); row++) {
      List<Integer> slots = new ArrayList<>();
      for (int slot = 0; slot < (random.nextBoolean() ? 1 : 10); slot++) {
        slots.add(random.nextInt(3));
      }
      rows.add(slots.size() == 10 ? slots : slots.subList(0, 1));
    }
    return new Answers(choices, false, map, rows);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithBothFamiliesForEveryoneWhoAsks(long seed) {
    Random random = new Random(seed);
    Map<Prefix, Integer> map =
        random.nextBoolean() ? Map.of() : Map.of(Prefix.parse("192.0.2.0/24"), 1);
    Answers ipv4 = drawn(random, "192.0.2.", map);
    Answers ipv6 = drawn(random, "2001:db8::", map);
    HttpsAnswers https = HttpsAnswers.of(ipv4, ipv6);
    assertThat(https.map()).isEqualTo(map);
    for (int row = 0; row < https.rows().size(); row++) {
      for (int slot = 0; slot < 10; slot++) {
        List<HttpsAnswers.Hints> said = https.choices().get(at(https.rows().get(row), slot));
        assertThat(said.stream().flatMap(it -> it.ipv4().stream()))
            .isEqualTo(ipv4.choices().get(at(ipv4.rows().get(row), slot)).addresses());
        assertThat(said.stream().flatMap(it -> it.ipv6().stream()))
            .isEqualTo(ipv6.choices().get(at(ipv6.rows().get(row), slot)).addresses());
      }
    }
  }

  private static int at(List<Integer> row, int slot) {
    return row.size() == 1 ? row.getFirst() : row.get(slot);
  }
}
