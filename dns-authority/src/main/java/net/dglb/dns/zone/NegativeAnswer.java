package net.dglb.dns.zone;

import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.Section;

/**
 * Answers that say that something does not exist (RFC 2308), for every kind of zone. The SOA is the
 * one for negative answers, with min(TTL, MINIMUM), as {@link SoaSettings#compileNegative} makes
 * it.
 */
public final class NegativeAnswer {

  private NegativeAnswer() {}

  /** The name exists, but has no record of this type. */
  public static void noData(Query query, Answer answer, RecordSet negativeSoa) {
    answer.authoritative(true);
    answer.section(Section.AUTHORITY);
    answer.append(negativeSoa, query.apexLabel());
  }

  /** Neither the name exists, nor anything below it (RFC 8020). */
  public static void nameError(Query query, Answer answer, RecordSet negativeSoa) {
    answer.rcode(Rcode.NXDOMAIN);
    noData(query, answer, negativeSoa);
  }
}
