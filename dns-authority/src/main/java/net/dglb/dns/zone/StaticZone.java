package net.dglb.dns.zone;

import java.util.Collection;
import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Section;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * A zone compiled from records, with the full semantics of RFC 1034 section 4.3.2 and RFC 4592:
 * delegations, aliases, wildcards, empty non-terminals, names without the type asked for, names
 * that do not exist.
 */
public final class StaticZone implements Zone {

  private final DomainName apex;
  private final NameTable<ZoneNode> nodes;
  private final RecordSet negativeSoa;
  private final Proofs proofs;

  StaticZone(DomainName apex, NameTable<ZoneNode> nodes, RecordSet negativeSoa, Proofs proofs) {
    this.apex = apex;
    this.nodes = nodes;
    this.negativeSoa = negativeSoa;
    this.proofs = proofs;
  }

  /**
   * Compiles a zone.
   *
   * @param records in any order; one SOA and at least one NS record at the apex are needed. If the
   *     TTLs of a set differ, the lowest counts (RFC 2181 section 5.2)
   * @throws ZoneException with every problem found
   */
  public static StaticZone compile(DomainName apex, List<Record> records) throws ZoneException {
    return compile(apex, records, List.of());
  }

  /**
   * Compiles a zone of which some names' content is not known yet: a question for one of them is
   * answered with SERVFAIL and the Extended DNS Error <em>Not Ready</em> (RFC 8914 section 4.15).
   *
   * @param notReady names at or below the apex; a wildcard stands for the names that it matches
   * @throws ZoneException with every problem found
   */
  public static StaticZone compile(DomainName apex, List<Record> records, Collection<Name> notReady)
      throws ZoneException {
    try {
      return new ZoneCompiler(apex).compile(records, notReady);
    } catch (RuntimeException e) { // dnsjava cannot encode some records that it can read
      throw new ZoneException(List.of(apex + ": a record cannot be encoded: " + e));
    }
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    for (int label = 0; label <= query.apexLabel(); label++) {
      ZoneNode node = nodes.find(query, label);
      if (node != null) {
        answerAt(node, label, query, answer);
        return;
      }
    }
    throw new IllegalStateException("zone " + apex + " was asked for a name outside");
  }

  /** Answers from the closest name that exists; label 0 is the name that was asked. */
  private void answerAt(ZoneNode node, int label, Query query, Answer answer) {
    if (node.delegation != null && !(label == 0 && asksForDsOf(node, query))) {
      node.delegation.refer(query, answer);
      return;
    }
    ZoneNode source = label == 0 ? node : node.wildcard;
    if (source == null) {
      NegativeAnswer.nameError(query, answer, negativeSoa);
      proofs.noName(node, query, answer);
      return;
    }
    if (source.notReady) {
      answer.rcode(Rcode.SERVFAIL);
      answer.extendedError(ExtendedError.NOT_READY, ExtendedError.NO_TEXT);
      return;
    }
    answer.authoritative(true);
    Alias alias = source.alias;
    if (alias != null && isFollowed(alias, query.type())) {
      int start = answer.position();
      answer.append(alias.set(), 0);
      follow(alias, start, label > 0, query, answer);
      return;
    }
    RecordSet set = select(source, query.type());
    int start = answer.position();
    if (set == null) {
      noData(source, query, answer);
    } else {
      answer.append(set, 0);
    }
    if (label > 0) {
      proofs.noCloserName(query, answer);
    }
    if (set != null) {
      appendAddresses(source, set, start, answer);
    }
  }

  private void noData(ZoneNode node, Query query, Answer answer) {
    NegativeAnswer.noData(query, answer, negativeSoa);
    proofs.noType(node, query, answer);
  }

  /** DS stands at the parent's side of a cut (RFC 4035 section 3.1.4.1). */
  private static boolean asksForDsOf(ZoneNode node, Query query) {
    return node.atCut && query.type() == RecordType.DS;
  }

  /** In a signed zone, some types stand beside a CNAME record (RFC 4035 section 2.5). */
  private static boolean isFollowed(Alias alias, int type) {
    return switch (type) {
      case RecordType.CNAME, RecordType.ANY -> false;
      case RecordType.RRSIG, RecordType.NSEC -> alias.set().signatures() == null;
      default -> true;
    };
  }

  /** For ANY one set, for RRSIG the signatures of one (RFC 8482 sections 4.1 and 7). */
  private static @Nullable RecordSet select(ZoneNode node, int type) {
    return switch (type) {
      case RecordType.ANY -> node.any;
      case RecordType.RRSIG -> node.any == null ? null : node.any.signatures();
      default -> node.find(type);
    };
  }

  /**
   * Goes on at an alias's target, and at the target of an alias there, as far as no owner repeats.
   *
   * @param start where the alias's set was written
   * @param byWildcard whether it is a wildcard's
   */
  private void follow(Alias first, int start, boolean byWildcard, Query query, Answer answer) {
    Alias alias = first;
    int aliasAt = start;
    int hops = 0;
    Alias next = behind(alias);
    while (next != null && hops < first.furtherAliases()) {
      int targetAt = aliasAt + alias.set().nameOffset(0);
      aliasAt = answer.position();
      answer.appendAt(next.set(), targetAt);
      alias = next;
      next = behind(alias);
      hops++;
    }
    RecordSet set = null;
    int setAt = answer.position();
    if (next == null && alias.inZone()) {
      set = finishChain(alias, aliasAt + alias.set().nameOffset(0), query, answer);
    }
    if (byWildcard) {
      proofs.noCloserName(query, answer);
    }
    proofs.ofAliases(first, hops, query, answer);
    ZoneNode target = alias.target();
    Delegation delegation = referral(alias, query);
    if (delegation != null) {
      delegation.referBelowApex(query, answer);
    } else if (target != null && set != null) {
      appendAddresses(target, set, setAt, answer);
    }
  }

  /** The alias that stands at an alias's target; null if there is none. */
  private static @Nullable Alias behind(Alias alias) {
    ZoneNode target = alias.target();
    return target == null || target.delegation != null || target.notReady ? null : target.alias;
  }

  /** The delegation that an alias leads into; null if it leads to none, or the DS set is asked. */
  private static @Nullable Delegation referral(Alias alias, Query query) {
    ZoneNode target = alias.target();
    return target == null || (alias.exact() && asksForDsOf(target, query))
        ? null
        : target.delegation;
  }

  /** Answers at the target of the last alias; returns the set that was found. */
  private @Nullable RecordSet finishChain(Alias alias, int targetAt, Query query, Answer answer) {
    ZoneNode target = alias.target();
    if (target == null) {
      NegativeAnswer.nameError(query, answer, negativeSoa); // RFC 6604 section 3
      return null;
    }
    if (target.notReady || referral(alias, query) != null) {
      return null; // whoever asks for the target itself is told
    }
    RecordSet set = target.find(query.type());
    if (set == null) {
      noData(target, query, answer);
    } else {
      answer.appendAt(set, targetAt);
    }
    return set;
  }

  private static void appendAddresses(ZoneNode node, RecordSet set, int start, Answer answer) {
    if (set.type() == RecordType.NS) {
      answer.section(Section.ADDITIONAL);
      Delegation.append(answer, set, start, node.serverAddresses);
    }
  }
}
