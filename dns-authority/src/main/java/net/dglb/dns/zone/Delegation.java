package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.Section;
import org.jspecify.annotations.Nullable;

/** A zone cut: the child's name servers and their addresses as far as this zone has them. */
final class Delegation {

  private final int labelCount;
  private final byte[] prefix;
  private final RecordSet nameServers;
  private final @Nullable RecordSet security;
  private final List<Glue> needed;
  private final List<Glue> optional;

  /**
   * Takes its parts.
   *
   * @param labelCount the labels of the cut's name
   * @param prefix the cut's labels in front of the apex, in wire form
   * @param nameServers the NS set
   * @param security the DS set, or the NSEC record that proves that there is none; null in a zone
   *     that is not signed
   * @param needed addresses of name servers at or below the cut: without them nobody gets there
   * @param optional other addresses from this zone
   */
  Delegation(
      int labelCount,
      byte[] prefix,
      RecordSet nameServers,
      @Nullable RecordSet security,
      List<Glue> needed,
      List<Glue> optional) {
    this.labelCount = labelCount;
    this.prefix = prefix;
    this.nameServers = nameServers;
    this.security = security;
    this.needed = List.copyOf(needed);
    this.optional = List.copyOf(optional);
  }

  /**
   * Addresses of one name server.
   *
   * @param record which record of the NS set names it
   */
  record Glue(int record, RecordSet addresses) {}

  /** Writes the referral for a question at or below the cut. */
  void refer(Query query, Answer answer) {
    write(query, answer, Answer.NO_PREFIX, query.labelCount() - labelCount);
  }

  /** Writes the referral where the question does not end in the cut's name, behind a CNAME. */
  void referBelowApex(Query query, Answer answer) {
    write(query, answer, prefix, query.apexLabel());
  }

  private void write(Query query, Answer answer, byte[] ownerPrefix, int ownerLabel) {
    answer.section(Section.AUTHORITY);
    int start = answer.position() + ownerPrefix.length;
    answer.append(nameServers, ownerPrefix, ownerLabel);
    if (security != null && query.dnssecOk()) {
      answer.appendProof(security, ownerPrefix, ownerLabel); // RFC 4035 section 3.1.4
    }
    answer.section(Section.GLUE);
    append(answer, nameServers, start, needed);
    answer.section(Section.ADDITIONAL);
    append(answer, nameServers, start, optional);
  }

  /**
   * Appends addresses, owned by the names in an NS set.
   *
   * @param start where the NS set was written
   */
  static void append(Answer answer, RecordSet nameServers, int start, List<Glue> glue) {
    for (int i = 0; i < glue.size(); i++) { // by index: an iterator would be an allocation
      Glue one = glue.get(i);
      answer.appendAt(one.addresses(), start + nameServers.nameOffset(one.record()));
    }
  }
}
