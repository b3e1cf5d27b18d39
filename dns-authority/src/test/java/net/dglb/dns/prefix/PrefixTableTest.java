package net.dglb.dns.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {

  private final AddressBits bits = new AddressBits();

  private long find(PrefixTable table, String address) {
    bits.set(InetAddress.ofLiteral(address));
    return table.find(bits);
  }

  @Test
  void findsTheLongestPrefix() {
    PrefixTable table =
        PrefixTable.empty()
            .with(
                Map.of(
                    Prefix.parse("10.0.0.0/8"), 1,
                    Prefix.parse("10.1.0.0/16"), 2,
                    Prefix.parse("10.1.2.3/32"), 3,
                    Prefix.parse("2001:db8::/32"), 4,
                    Prefix.parse("::/0"), 5));
    assertThat(PrefixTable.value(find(table, "10.9.9.9"))).isEqualTo(1);
    assertThat(PrefixTable.value(find(table, "10.1.9.9"))).isEqualTo(2);
    assertThat(PrefixTable.value(find(table, "10.1.2.3"))).isEqualTo(3);
    assertThat(PrefixTable.value(find(table, "11.0.0.1"))).isEqualTo(PrefixTable.NONE);
    assertThat(PrefixTable.value(find(table, "2001:db8::1"))).isEqualTo(4);
    assertThat(PrefixTable.value(find(table, "fe80::1"))).isEqualTo(5);
    assertThat(table.size()).isEqualTo(5);
  }

  @Test
  void givesTheScopeForWhichTheValueHolds() {
    PrefixTable table =
        PrefixTable.empty()
            .with(Map.of(Prefix.parse("0.0.0.0/0"), 1, Prefix.parse("10.1.0.0/16"), 2));
    assertThat(PrefixTable.scope(find(table, "10.1.2.3"))).isEqualTo(16);
    assertThat(PrefixTable.scope(find(table, "10.0.2.3"))).as("its sibling").isEqualTo(16);
    assertThat(PrefixTable.scope(find(table, "192.0.2.1"))).isEqualTo(1);
    assertThat(PrefixTable.scope(find(table, "2001:db8::1"))).as("nothing there").isZero();
  }

  @Test
  void givesScopeZeroWhereEveryPrefixHasTheSameValue() {
    PrefixTable table =
        PrefixTable.empty()
            .with(Map.of(Prefix.parse("0.0.0.0/0"), 7, Prefix.parse("10.1.2.0/24"), 7));
    assertThat(PrefixTable.scope(find(table, "10.1.2.3"))).isZero();
    bits.set(InetAddress.ofLiteral("10.1.2.3"));
    assertThat(table.covering(bits)).containsExactly(new Covering(24, 7), new Covering(0, 7));
  }

  @Test
  void joinsNeighboursWithTheSameValueIntoOneScope() {
    PrefixTable table =
        PrefixTable.empty()
            .with(Map.of(Prefix.parse("10.0.0.0/24"), 3, Prefix.parse("10.0.1.0/24"), 3));
    assertThat(PrefixTable.scope(find(table, "10.0.1.1"))).isEqualTo(23);
  }

  @Test
  void leavesTheTableBeforeAChangeAsItWas() {
    Prefix prefix = Prefix.parse("10.0.0.0/8");
    PrefixTable before = PrefixTable.empty().with(Map.of(prefix, 1));
    PrefixTable after = before.with(Map.of(prefix, PrefixTable.NONE));
    assertThat(PrefixTable.value(find(before, "10.0.0.1"))).isEqualTo(1);
    assertThat(PrefixTable.value(find(after, "10.0.0.1"))).isEqualTo(PrefixTable.NONE);
    assertThat(after.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, PrefixTable.MOST + 1})
  void refusesValuesThatItCannotTellFromNone(int value) {
    assertThatThrownBy(() -> PrefixTable.empty().with(Map.of(Prefix.parse("10.0.0.0/8"), value)))
        .hasMessage("value of 10.0.0.0/8: " + value + " (expected 0 to 134217726, or NONE)");
  }

  @Test
  void keepsTheGreatestValue() {
    PrefixTable table =
        PrefixTable.empty().with(Map.of(Prefix.parse("10.0.0.0/8"), PrefixTable.MOST));
    assertThat(PrefixTable.value(find(table, "10.1.2.3"))).isEqualTo(PrefixTable.MOST);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 12, 16, 17, 20, 22, 24, 25, 28, 30, 32})
  void tellsThousandsOfNeighboursApart(int length) {
    int most = Math.min(1 << (length - 8), 5000);
    Map<Prefix, Integer> neighbours = new HashMap<>();
    for (int i = 0; i < most; i++) {
      neighbours.put(new Prefix(ipv4(i, length, 0), length), i);
    }
    PrefixTable table = PrefixTable.empty().with(neighbours);
    for (int i = 0; i < most; i++) {
      for (int rest : new int[] {0, -1 >>> 1 >>> (length - 1)}) {
        bits.set(ipv4(i, length, rest));
        long match = table.find(bits);
        assertThat(PrefixTable.value(match)).as("%s", bits.toAddress()).isEqualTo(i);
        assertThat(PrefixTable.scope(match)).as("%s", bits.toAddress()).isEqualTo(length);
      }
    }
  }

  /** Within 10.0.0.0/8. */
  private static InetAddress ipv4(int number, int length, int rest) {
    AddressBits address = new AddressBits();
    int octets = 10 << 24 | number << (Integer.SIZE - length) | rest;
    address.set(true, (long) octets << Integer.SIZE, 0, Integer.SIZE);
    return address.toAddress();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithANaiveModelThroughManyChanges(long seed) {
    Random random = new Random(seed);
    Map<Prefix, Integer> model = new HashMap<>();
    PrefixTable table = PrefixTable.empty();
    for (int round = 0; round < 40; round++) {
      Map<Prefix, Integer> changes = randomChanges(random, model);
      changes.forEach((prefix, value) -> {
        if (value == PrefixTable.NONE) {
          model.remove(prefix);
        } else {
          model.put(prefix, value);
        }
      });
      table = table.with(changes);
      assertThat(table.size()).as("seed %d, round %d", seed, round).isEqualTo(model.size());
      for (int i = 0; i < 50; i++) {
        compare(table, model, NaiveTable.randomAddress(random, model), seed, round);
      }
    }
  }

  /** Crowded and almost empty pages, and pages below that begin and cease to lead on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsTheSameHoweverTheTableCameAbout(long seed) {
    Random random = new Random(seed);
    Map<Prefix, Integer> model = new HashMap<>();
    PrefixTable table = PrefixTable.empty();
    for (int round = 0; round < 25; round++) {
      Map<Prefix, Integer> changes = NaiveTable.crowdedPrefixes(random, random.nextInt(150));
      int kept = random.nextInt(20);
      model.keySet().stream()
          .filter(_ -> random.nextInt(20) > kept)
          .forEach(prefix -> changes.put(prefix, PrefixTable.NONE));
      model.putAll(changes);
      model.values().removeIf(value -> value == PrefixTable.NONE);
      table = table.with(changes);
      PrefixTable anew = PrefixTable.empty().with(model);
      for (int i = 0; i < 100; i++) {
        InetAddress address = NaiveTable.randomAddress(random, model);
        bits.set(address);
        long match = table.find(bits);
        String what = "%s, seed %d, round %d".formatted(address, seed, round);
        assertThat(PrefixTable.value(match)).as(what).isEqualTo(NaiveTable.value(model, address));
        assertThat(match).as(what).isEqualTo(anew.find(bits));
      }
    }
    model.replaceAll((_, _) -> PrefixTable.NONE);
    table = table.with(model);
    assertThat(table.size()).isZero();
    assertThat(find(table, "10.0.0.1")).isEqualTo(find(PrefixTable.empty(), "10.0.0.1"));
    assertThat(find(table, "2001:db8::1")).isEqualTo(find(PrefixTable.empty(), "2001:db8::1"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void countsThePrefixesOfEachNumberThatOtherTablesDoNotCover(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<Prefix, Integer> own = randomPrefixes(random, 40);
      List<Map<Prefix, Integer>> others =
          List.of(randomPrefixes(random, 3), randomPrefixes(random, 3));
      int[] expected = new int[3];
      own.forEach((prefix, number) -> {
        boolean covered =
            others.stream()
                .flatMap(other -> other.keySet().stream())
                .anyMatch(other -> other.contains(prefix));
        expected[number] += covered ? 0 : 1;
      });
      assertThat(
              PrefixTable.empty()
                  .with(own)
                  .countByNumber(
                      3, others.stream().map(it -> PrefixTable.empty().with(it)).toList()))
          .as("seed %d: %s without %s", seed, own, others)
          .isEqualTo(expected);
    }
  }

  private static Map<Prefix, Integer> randomPrefixes(Random random, int most) {
    Map<Prefix, Integer> prefixes = new HashMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      Prefix prefix = NaiveTable.randomPrefix(random);
      if (prefix.length() > 0 || most > 3) {
        prefixes.put(prefix, random.nextInt(3));
      }
    }
    return prefixes;
  }

  private static Map<Prefix, Integer> randomChanges(Random random, Map<Prefix, Integer> model) {
    Map<Prefix, Integer> changes = new HashMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      changes.put(NaiveTable.randomPrefix(random), random.nextInt(3));
    }
    for (Prefix prefix : model.keySet()) {
      if (random.nextInt(12) == 0) {
        changes.put(prefix, PrefixTable.NONE);
      }
    }
    return changes;
  }

  private void compare(
      PrefixTable table, Map<Prefix, Integer> model, InetAddress address, long seed, int round) {
    bits.set(address);
    long match = table.find(bits);
    String what = "%s of %s, seed %d, round %d".formatted(address, model, seed, round);
    assertThat(PrefixTable.value(match)).as(what).isEqualTo(NaiveTable.value(model, address));
    assertThat(table.covering(bits)).as(what).isEqualTo(NaiveTable.covering(model, address));
    assertThat(PrefixTable.scope(match)).as(what).isEqualTo(NaiveTable.scope(model, address));
  }
}
