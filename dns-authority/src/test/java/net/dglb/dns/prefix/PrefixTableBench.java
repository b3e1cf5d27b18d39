package net.dglb.dns.prefix;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.dglb.net.Prefix;

/**
 * Memory and look-up time of a million prefixes: /24 below 20,000 blocks and /48 below 10,000, with
 * one in ten shorter. Run its main method; not a test.
 */
final class PrefixTableBench {

  private static final int PREFIXES = 1_000_000;
  private static final int LOOKUPS = 2_000_000;
  private static final int VALUES = 1_000;

  private PrefixTableBench() {}

  public static void main(String[] arguments) {
    Random random = new Random(1);
    Map<Prefix, Integer> prefixes = new HashMap<>();
    while (prefixes.size() < PREFIXES) {
      prefixes.put(prefix(random), random.nextInt(VALUES));
    }
    long before = usedOctets();
    long start = cpuNanos();
    PrefixTable table = PrefixTable.empty().with(prefixes);
    print(String.format(Locale.ROOT, "built in %.0f ms", (cpuNanos() - start) / 1e6));
    print(
        String.format(
            Locale.ROOT, "%d prefixes: %.1f MB", table.size(), (usedOctets() - before) / 1e6));
    for (int round = 0; round < 5; round++) {
      lookUp(table, round);
    }
    change(table, random);
  }

  private static void lookUp(PrefixTable table, int seed) {
    Random random = new Random(seed);
    AddressBits bits = new AddressBits();
    long[] highs = new long[LOOKUPS];
    boolean[] ipv4 = new boolean[LOOKUPS];
    for (int i = 0; i < LOOKUPS; i++) {
      bits.set(prefix(random).address());
      highs[i] = bits.high() | (bits.ipv4() ? 0x7f_0000_0000L : 0x7f);
      ipv4[i] = bits.ipv4();
    }
    long sum = 0;
    long start = cpuNanos();
    for (int i = 0; i < LOOKUPS; i++) {
      sum += table.find(ipv4[i], highs[i], 1);
    }
    double nanos = (cpuNanos() - start) / (double) LOOKUPS;
    print(
        String.format(Locale.ROOT, "%.0f ns per look-up of a random address (%d)", nanos, sum & 1));
  }

  private static void change(PrefixTable table, Random random) {
    int rounds = 2_000;
    PrefixTable changed = table;
    long start = cpuNanos();
    for (int i = 0; i < rounds; i++) {
      changed = changed.with(Map.of(prefix(random), i % VALUES));
    }
    print(
        String.format(
            Locale.ROOT, "%.1f us per change of one prefix", (cpuNanos() - start) / 1e3 / rounds));
    start = cpuNanos();
    changed = changed.with(Map.of(Prefix.parse("0.0.0.0/0"), 1, Prefix.parse("::/0"), 2));
    double millis = (cpuNanos() - start) / 1e6;
    print(
        String.format(
            Locale.ROOT,
            "%.0f ms to change both default routes above %d prefixes",
            millis,
            changed.size()));
  }

  private static Prefix prefix(Random random) {
    boolean four = random.nextInt(4) > 0;
    byte[] bytes = new byte[four ? 4 : 16];
    int block = random.nextInt(four ? 20_000 : 10_000) * 3;
    if (four) {
      bytes[0] = (byte) (block >>> 8);
      bytes[1] = (byte) block;
      bytes[2] = (byte) random.nextInt(256);
    } else {
      bytes[0] = 0x20;
      bytes[2] = (byte) (block >>> 8);
      bytes[3] = (byte) block;
      bytes[4] = (byte) random.nextInt(256);
      bytes[5] = (byte) random.nextInt(256);
    }
    int shorter = random.nextInt(10) == 0 ? random.nextInt(8) : 0;
    try {
      return Prefix.containing(InetAddress.getByAddress(bytes), (four ? 24 : 48) - shorter);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long usedOctets() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Time on the processor, so that a busy machine does not blur the figures. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
