package net.dglb.dns.zone;

import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Section;
import org.jspecify.annotations.Nullable;

/**
 * Adds to answers what proves that something does not exist (RFC 4035 section 3.1.3), for who asks
 * with the DO bit. Immutable; in a zone that is not signed it adds nothing.
 */
final class Proofs {

  private final @Nullable DenialChain chain;

  /** Takes the zone's NSEC records; null if it is not signed. */
  Proofs(@Nullable DenialChain chain) {
    this.chain = chain;
  }

  /** The question's name does not exist; the closest name above it does, without a wildcard. */
  void noName(ZoneNode encloser, Query query, Answer answer) {
    if (chain != null && query.dnssecOk()) {
      append(chain.find(query), query, answer);
      append(encloser.wildcardDenial, query, answer);
    }
  }

  /** A name has no record of the type asked for. */
  void noType(ZoneNode node, Query query, Answer answer) {
    if (query.dnssecOk()) {
      append(node.denial, query, answer);
    }
  }

  /** A wildcard answers, since the question's name does not exist. */
  void noCloserName(Query query, Answer answer) {
    if (chain != null && query.dnssecOk()) {
      append(chain.find(query), query, answer);
    }
  }

  /**
   * What of an alias's chain came from wildcards or led nowhere.
   *
   * @param hops how many aliases were written behind the first
   */
  void ofAliases(Alias first, int hops, Query query, Answer answer) {
    if (chain == null || !query.dnssecOk()) {
      return;
    }
    Alias alias = first;
    for (int hop = 0; alias != null; hop++) {
      for (int i = 0; i < alias.proofs().size(); i++) { // an iterator would be an allocation
        append(alias.proofs().get(i), query, answer);
      }
      alias = hop < hops && alias.target() != null ? alias.target().alias : null;
    }
  }

  private static void append(@Nullable Denial denial, Query query, Answer answer) {
    if (denial != null) {
      answer.section(Section.AUTHORITY);
      denial.append(query, answer);
    }
  }
}
