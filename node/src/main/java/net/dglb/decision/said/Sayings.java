package net.dglb.decision.said;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.decision.AdminState;
import net.dglb.decision.AdminStates;
import net.dglb.net.DomainName;

/**
 * All that counts of what was said, oldest first: the newest that matches a site counts. Immutable.
 *
 * @param all no two with the same pattern
 */
public record Sayings(List<Saying> all) implements AdminStates {

  /** The most that may be in force at once. */
  public static final int MAX = 1_000;

  /** Nobody said anything. */
  public static final Sayings NONE = new Sayings(List.of());

  /** Copies the list. */
  public Sayings {
    all = List.copyOf(all);
  }

  /**
   * The same with one more; it replaces what was said with the same pattern.
   *
   * @throws IllegalArgumentException if there are too many
   */
  public Sayings with(Saying saying) {
    List<Saying> next = new ArrayList<>(without(saying.pattern()).all());
    if (next.size() >= MAX) {
      throw new IllegalArgumentException(
          "pattern: " + MAX + " are in force (expected: take one back first)");
    }
    next.add(saying);
    return new Sayings(next);
  }

  /** The same without what was said with exactly this pattern. */
  public Sayings without(SitePattern pattern) {
    return new Sayings(all.stream().filter(it -> !it.pattern().equals(pattern)).toList());
  }

  /** The newest that matches a site. */
  public Optional<Saying> newest(DomainName service, String siteId) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).pattern().matches(service, siteId)) {
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<AdminState> of(DomainName service, String siteId) {
    return newest(service, siteId).map(Saying::state);
  }
}
