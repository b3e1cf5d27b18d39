package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.RecordSet;
import org.jspecify.annotations.Nullable;

/**
 * One existing name of a zone: an owner of records, or an empty non-terminal. Built by {@link
 * ZoneCompiler}, unchanged once the zone is published.
 */
final class ZoneNode {

  private static final RecordSet[] NO_SETS = {};

  /** The record sets owned by this name; empty for an empty non-terminal. */
  RecordSet[] sets = NO_SETS;

  /** What ANY is answered with: one set of the name, NSEC last (RFC 8482 section 4.1). */
  @Nullable RecordSet any;

  /** The delegation that this name lies at or below; null if the zone is authoritative for it. */
  @Nullable Delegation delegation;

  /** Whether the delegation's cut is this very name. */
  boolean atCut;

  /** At the apex: addresses of its name servers, sent along if there is room. */
  List<Delegation.Glue> serverAddresses = List.of();

  /** In a signed zone: what proves which types this name has; null at what is not signed. */
  @Nullable Denial denial;

  /** In a signed zone: what proves that there is no child {@code *}; null if there is one. */
  @Nullable Denial wildcardDenial;

  /** Whether what this name has is not known yet. */
  boolean notReady;

  /** The name's child {@code *}, if there is one. */
  @Nullable ZoneNode wildcard;

  /** Where the name's CNAME leads; null if it has none. */
  @Nullable Alias alias;

  /** The set of a type, or null. */
  @Nullable RecordSet find(int type) {
    for (RecordSet set : sets) {
      if (set.type() == type) {
        return set;
      }
    }
    return null;
  }
}
