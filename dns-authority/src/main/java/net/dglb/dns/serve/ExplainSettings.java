package net.dglb.dns.serve;

import java.util.List;
import net.dglb.config.ConfigSection;
import net.dglb.net.Prefix;

/**
 * Who gets explanations over DNS, as TXT at {@code _explain.NAME}; {@code dns.explain} in the
 * configuration.
 *
 * @param allow sources that get them; none: nobody does
 * @param perSecond how many are given in all, 1 to 1,000
 */
public record ExplainSettings(List<Prefix> allow, int perSecond) {

  private static final int MAX_RATE = 1_000;

  /** The defaults of {@code dns-server-reference.conf}: nobody. */
  public static final ExplainSettings OFF = new ExplainSettings(List.of(), 10);

  /** Checks the range. */
  public ExplainSettings {
    Ranges.check("explanations per second", perSecond, 1, MAX_RATE);
    allow = List.copyOf(allow);
  }

  static ExplainSettings read(ConfigSection explain) {
    return new ExplainSettings(
        explain.prefixes("allow"), explain.integer("per-second", 1, MAX_RATE));
  }
}
