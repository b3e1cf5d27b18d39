package net.dglb.backbone.registry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.net.DomainName;

/**
 * What was found of a zone outside of it.
 *
 * @param warnings what is missing or out of date; nothing if all is well
 * @param aliases those that lead to their services by a CNAME record
 */
record Findings(List<String> warnings, Set<DomainName> aliases) {

  /** Nothing to say. */
  static final Findings NONE = of(List.of());

  /** Copies both. */
  Findings {
    warnings = List.copyOf(warnings);
    aliases = Set.copyOf(aliases);
  }

  static Findings of(List<String> warnings) {
    return new Findings(warnings, Set.of());
  }

  /** Both together. */
  Findings with(Findings more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more.warnings);
    Set<DomainName> leading = new TreeSet<>(aliases);
    leading.addAll(more.aliases);
    return new Findings(all, leading);
  }
}
