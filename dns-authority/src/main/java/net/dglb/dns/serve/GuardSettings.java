package net.dglb.dns.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.config.ConfigSection;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the server from being a weapon or a victim.
 *
 * @param responsesPerSecond answers of one kind over UDP to one source network (/24 or /56), beyond
 *     which answers are held back; 0 for no limit
 * @param slip every so many answers that are held back, one is sent truncated, so that a real
 *     resolver comes back over TCP; 0 for none
 * @param amplificationMax how many times as long as its query an answer over UDP may be, unless a
 *     cookie proves the source; 0 for no limit
 * @param deny sources that get no answer
 * @param exempt sources without limits, also where a shorter prefix denies them
 */
public record GuardSettings(
    int responsesPerSecond,
    int slip,
    int amplificationMax,
    List<Prefix> deny,
    List<Prefix> exempt) {

  static final int DENIED = 0;
  static final int EXEMPT = 1;

  private static final int MAX_RATE = 10_000_000;
  private static final int MAX_SLIP = 10;
  private static final int MAX_AMPLIFICATION = 100;

  /** The defaults of {@code dns-server-reference.conf}. */
  public static final GuardSettings DEFAULT = new GuardSettings(200, 2, 20, List.of(), List.of());

  /** No limits. */
  public static final GuardSettings OFF = new GuardSettings(0, 0, 0, List.of(), List.of());

  /** Checks the ranges. */
  public GuardSettings {
    Ranges.check("responses per second", responsesPerSecond, 0, MAX_RATE);
    Ranges.check("slip", slip, 0, MAX_SLIP);
    Ranges.check("amplification", amplificationMax, 0, MAX_AMPLIFICATION);
    deny = List.copyOf(deny);
    exempt = List.copyOf(exempt);
  }

  static GuardSettings read(ConfigSection guards) {
    return new GuardSettings(
        guards.integer("responses-per-second", 0, MAX_RATE),
        guards.integer("slip", 0, MAX_SLIP),
        guards.integer("amplification", 0, MAX_AMPLIFICATION),
        guards.prefixes("deny"),
        guards.prefixes("exempt"));
  }

  /** What counts answers for all workers; null if there is no limit. */
  @Nullable RateLimiter limiter() {
    return responsesPerSecond == 0 ? null : new RateLimiter(responsesPerSecond);
  }

  /** Both lists: the longest prefix decides. */
  PrefixTable access() {
    Map<Prefix, Integer> all = new HashMap<>();
    deny.forEach(prefix -> all.put(prefix, DENIED));
    exempt.forEach(prefix -> all.put(prefix, EXEMPT));
    return PrefixTable.empty().with(all);
  }
}
