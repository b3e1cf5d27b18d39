package net.dglb.dns.transfer;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;

/**
 * Who may have a zone: whoever signs with the key and asks from one of the prefixes.
 *
 * @param key the key that must have signed; empty for unsigned requests as well
 * @param from the sources; none for any, which only a rule with a key may say
 */
public record TransferRule(Optional<DomainName> key, List<Prefix> from) {

  /** Copies the list and refuses a rule for everybody. */
  public TransferRule {
    from = List.copyOf(from);
    if (key.isEmpty() && from.isEmpty()) {
      throw new IllegalArgumentException(
          "a rule for everybody (expected: a key, prefixes or both)");
    }
  }

  /** Reads the rules of a list; problems stay with the sections. */
  public static List<TransferRule> readAll(ConfigSection zone, String key) {
    return zone.sections(key).stream().flatMap(section -> read(section).stream()).toList();
  }

  private static Optional<TransferRule> read(ConfigSection section) {
    Optional<DomainName> key = section.optionalDomainName("key");
    List<Prefix> from = section.has("from") ? section.prefixes("from") : List.of();
    if (key.isEmpty() && from.isEmpty()) {
      section.problem(
          "key", "missing (expected: the name of a key, or the prefixes in from, or both)");
      return Optional.empty();
    }
    return Optional.of(new TransferRule(key, from));
  }

  /** Whether it lets somebody have the zone. */
  public boolean allows(Optional<TsigKey> proven, InetAddress source) {
    boolean signed = key.isEmpty() || proven.map(TsigKey::name).equals(key);
    return signed && (from.isEmpty() || from.stream().anyMatch(prefix -> prefix.contains(source)));
  }
}
