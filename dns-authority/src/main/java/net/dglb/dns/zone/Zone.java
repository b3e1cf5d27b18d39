package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.net.DomainName;

/**
 * What answers the questions at or below one apex. Called by several DNS threads at once, each with
 * a query and an answer of its own: implementations are immutable, or replace all that they answer
 * by as a whole; they take no lock, block nowhere and allocate nothing. An exception from here
 * becomes SERVFAIL and is counted.
 */
public interface Zone {

  /** The name that this zone begins at. */
  DomainName apex();

  /**
   * Answers a question at or below the apex; {@link Query#apexLabel()} says where the apex starts
   * in the question's name. The answer comes with rcode NOERROR, AA clear and no records.
   */
  void answer(Query query, Answer answer);

  /**
   * The tables in which {@link #answer} looks up who asks, in this order until one knows: they may
   * be read ahead for many questions. None for a zone that answers all alike.
   */
  default List<PrefixTable> sourceTables() {
    return List.of();
  }
}
