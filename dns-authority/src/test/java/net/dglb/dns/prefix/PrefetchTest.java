package net.dglb.dns.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading ahead goes the way of the look-ups that follow: what it ends at is what they find. */
class PrefetchTest {

  private static final int MOST = 64;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsWhereLookUpsInOneTableAfterTheOtherEnd(long seed) {
    Random random = new Random(seed);
    Map<Prefix, Integer> all = new HashMap<>();
    PrefixTable[] tables = {table(random, 30, all), table(random, 300, all), PrefixTable.empty()};
    AddressBits[] addresses = new AddressBits[MOST];
    Arrays.setAll(addresses, _ -> new AddressBits());
    Prefetch prefetch = new Prefetch(MOST);
    for (int round = 0; round < 50; round++) {
      int count = 1 + random.nextInt(MOST);
      for (int i = 0; i < count; i++) {
        addresses[i].set(NaiveTable.randomAddress(random, all));
      }
      prefetch.fetch(tables, addresses, count);
      for (int i = 0; i < count; i++) {
        InetAddress address = addresses[i].toAddress();
        assertThat(prefetch.value(i))
            .as("%s, seed %d", address, seed)
            .isEqualTo(first(List.of(tables), addresses[i]));
      }
    }
  }

  @Test
  void keepsNoTableThatWasReplaced() {
    Prefetch prefetch = new Prefetch(1);
    WeakReference<Page> replaced = useOnce(prefetch);
    for (int tries = 0; replaced.get() != null && tries < 10; tries++) {
      System.gc();
    }
    assertThat(replaced.get()).isNull();
    assertThat(prefetch.value(0)).isEqualTo(7);
  }

  private static WeakReference<Page> useOnce(Prefetch prefetch) {
    PrefixTable table = PrefixTable.empty().with(Map.of(Prefix.parse("10.0.0.0/8"), 7));
    AddressBits address = new AddressBits();
    address.set(InetAddress.ofLiteral("10.1.2.3"));
    prefetch.fetch(new PrefixTable[] {table}, new AddressBits[] {address}, 1);
    return new WeakReference<>(table.root(true));
  }

  private static PrefixTable table(Random random, int size, Map<Prefix, Integer> all) {
    Map<Prefix, Integer> prefixes = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Prefix prefix = NaiveTable.randomPrefix(random);
      if (prefix.length() > 0) {
        prefixes.put(prefix, random.nextInt(5));
      }
    }
    all.putAll(prefixes);
    return PrefixTable.empty().with(prefixes);
  }

  private static int first(List<PrefixTable> tables, AddressBits address) {
    return tables.stream()
        .mapToInt(table -> PrefixTable.value(table.find(address)))
        .filter(value -> value != PrefixTable.NONE)
        .findFirst()
        .orElse(PrefixTable.NONE);
  }
}
