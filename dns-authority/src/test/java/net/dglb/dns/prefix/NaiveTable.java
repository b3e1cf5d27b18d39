package net.dglb.dns.prefix;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.net.AddressFamily;
import net.dglb.net.Prefix;
import org.jspecify.annotations.Nullable;

/** Longest prefix match and its scope by trying everything: slow and plainly right. */
final class NaiveTable {

  private NaiveTable() {}

  static @Nullable Prefix longest(Map<Prefix, Integer> model, InetAddress address) {
    Prefix best = null;
    for (Prefix prefix : model.keySet()) {
      if (prefix.contains(address) && (best == null || prefix.length() > best.length())) {
        best = prefix;
      }
    }
    return best;
  }

  /** Every prefix that holds an address, the longest first. */
  static List<Covering> covering(Map<Prefix, Integer> model, InetAddress address) {
    return model.keySet().stream()
        .filter(prefix -> prefix.contains(address))
        .sorted(Comparator.comparingInt(Prefix::length).reversed())
        .map(prefix -> new Covering(prefix.length(), model.getOrDefault(prefix, PrefixTable.NONE)))
        .toList();
  }

  /** The shortest length for which no prefix inside makes a difference. */
  static int scope(Map<Prefix, Integer> model, InetAddress address) {
    for (int length = 0; length <= AddressFamily.of(address).bits(); length++) {
      if (isUniform(model, Prefix.containing(address, length))) {
        return length;
      }
    }
    throw new IllegalStateException("a single address always has one value");
  }

  /** Values can only change at the first and behind the last address of a longer prefix. */
  private static boolean isUniform(Map<Prefix, Integer> model, Prefix block) {
    int value = value(model, block.address());
    for (Prefix prefix : model.keySet()) {
      if (block.contains(prefix)) {
        InetAddress behind = behind(prefix);
        boolean same =
            value(model, prefix.address()) == value
                && (!block.contains(behind) || value(model, behind) == value);
        if (!same) {
          return false;
        }
      }
    }
    return true;
  }

  /** What an address has, or {@link PrefixTable#NONE}. */
  static int value(Map<Prefix, Integer> model, InetAddress address) {
    Prefix longest = longest(model, address);
    return longest == null ? PrefixTable.NONE : model.getOrDefault(longest, PrefixTable.NONE);
  }

  /** The address behind the last one of a prefix; behind the very last comes the first. */
  private static InetAddress behind(Prefix prefix) {
    byte[] bytes = prefix.address().getAddress();
    int bit = prefix.length() - 1;
    while (bit >= 0) {
      int mask = 0x80 >>> (bit % 8);
      bytes[bit / 8] ^= (byte) mask;
      if ((bytes[bit / 8] & mask) != 0) {
        break;
      }
      bit--;
    }
    return address(bytes);
  }

  /** Few first bits, so that prefixes nest and meet. */
  static Prefix randomPrefix(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(4) * 0x55);
    }
    int length = random.nextInt(8) == 0 ? 0 : random.nextInt(bytes.length * 8 + 1);
    return Prefix.containing(address(bytes), length);
  }

  /** Many below few octets, of any length and with any value. */
  static Map<Prefix, Integer> crowdedPrefixes(Random random, int count) {
    Map<Prefix, Integer> prefixes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      bytes[0] = 0x20;
      int crowded = random.nextInt(bytes.length);
      bytes[crowded] = (byte) random.nextInt(256);
      bytes[bytes.length - 1] |= (byte) random.nextInt(4);
      int length = random.nextInt(bytes.length * 8 + 1);
      int value = random.nextBoolean() ? random.nextInt(2) : PrefixTable.MOST - random.nextInt(2);
      prefixes.put(Prefix.containing(address(bytes), length), value);
    }
    return prefixes;
  }

  /** An address at or near the edge of a known prefix, or any. */
  static InetAddress randomAddress(Random random, Map<Prefix, Integer> model) {
    if (model.isEmpty() || random.nextInt(4) == 0) {
      return randomPrefix(random).address();
    }
    Prefix prefix = List.copyOf(model.keySet()).get(random.nextInt(model.size()));
    return random.nextBoolean() ? prefix.address() : behind(prefix);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
