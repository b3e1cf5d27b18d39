package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * The prefixes of one fallback file and what each stands for. Immutable; made by whoever reads the
 * file, away from the control thread.
 */
public final class FallbackTable {

  private static final FallbackTable EMPTY = new FallbackTable(PrefixTable.empty(), List.of());

  private final PrefixTable prefixes;
  private final List<Anchor> anchors;

  private FallbackTable(PrefixTable prefixes, List<Anchor> anchors) {
    this.prefixes = prefixes;
    this.anchors = List.copyOf(anchors);
  }

  /** A table without prefixes. */
  public static FallbackTable empty() {
    return EMPTY;
  }

  /** How many prefixes it has. */
  public int size() {
    return prefixes.size();
  }

  /** From a prefix to the position of its anchor. */
  PrefixTable prefixes() {
    return prefixes;
  }

  /** What prefixes stand for, each once. */
  List<Anchor> anchors() {
    return anchors;
  }

  /** Collects prefixes, many at a time. Not thread-safe. */
  public static final class Builder {

    private static final int AT_A_TIME = 1 << 16;

    private final int most;
    private final Map<Anchor, Integer> numbers = new HashMap<>();
    private final List<Anchor> anchors = new ArrayList<>();
    private final Map<Prefix, Integer> waiting = new HashMap<>();
    private final AddressBits bits = new AddressBits();
    private PrefixTable table = PrefixTable.empty();

    /** Takes so many prefixes at most. */
    public Builder(int most) {
      this.most = most;
    }

    /**
     * A prefix of the computed map: the ids of load balancers, best first.
     *
     * @throws IllegalArgumentException if the prefix was added before, or there are too many
     */
    public Builder computed(Prefix prefix, List<String> loadBalancers) {
      return add(prefix, new Anchor.Computed(loadBalancers));
    }

    /**
     * A prefix whose resolvers stand at a location.
     *
     * @throws IllegalArgumentException if the prefix was added before, or there are too many
     */
    public Builder located(Prefix prefix, Location location) {
      return add(prefix, Anchor.Located.near(location));
    }

    private Builder add(Prefix prefix, Anchor anchor) {
      if (table.size() + waiting.size() >= most) {
        throw new IllegalArgumentException("more than " + most + " prefixes");
      }
      Integer known = numbers.putIfAbsent(anchor, anchors.size());
      if (known == null) {
        anchors.add(anchor);
      }
      int number = known == null ? anchors.size() - 1 : known;
      if (isInTable(prefix) || waiting.put(prefix, number) != null) {
        throw new IllegalArgumentException("prefix " + prefix + " stands twice (expected once)");
      }
      if (waiting.size() == AT_A_TIME) {
        flush();
      }
      return this;
    }

    private boolean isInTable(Prefix prefix) {
      bits.set(prefix.address());
      return table.covering(bits).stream().anyMatch(it -> it.length() == prefix.length());
    }

    private void flush() {
      table = table.with(waiting);
      waiting.clear();
    }

    /** The table of all that was added. */
    public FallbackTable build() {
      flush();
      return new FallbackTable(table, anchors);
    }
  }
}
