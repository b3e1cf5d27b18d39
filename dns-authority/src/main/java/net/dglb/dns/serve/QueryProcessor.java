package net.dglb.dns.serve;

import java.nio.ByteBuffer;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ParseVerdict;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.QueryParser;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.node.Published;

/**
 * Turns one message into its answer, in place: parse, find the zone, let it answer, finish. One per
 * thread; allocates nothing. Called by the transports' workers.
 */
final class QueryProcessor {

  private final Published<Catalog> catalog;
  private final Quarantine quarantine;
  private final WorkerCounters counters;
  private final Query query = new Query();
  private final Answer answer;

  /** One that shares nothing with others. */
  QueryProcessor(Published<Catalog> catalog, int udpPayloadMax, WorkerCounters counters) {
    this(catalog, udpPayloadMax, new Quarantine(), counters);
  }

  QueryProcessor(
      Published<Catalog> catalog,
      int udpPayloadMax,
      Quarantine quarantine,
      WorkerCounters counters) {
    this.catalog = catalog;
    this.quarantine = quarantine;
    this.counters = counters;
    this.answer = new Answer(udpPayloadMax);
  }

  /** Who sends the next message; the worker sets it before {@link #process}. */
  AddressBits source() {
    return query.source();
  }

  /**
   * Answers the message at the start of a buffer. Whatever goes wrong inside is counted and
   * answered with SERVFAIL: nothing is thrown.
   *
   * @return the answer's length in the same buffer; 0 for silence
   */
  int process(ByteBuffer packet, int length, Transport transport) {
    counters.received(transport);
    try {
      ParseVerdict verdict = QueryParser.parse(packet, length, transport, query);
      if (verdict == ParseVerdict.DROP) {
        counters.count(WorkerCounters.DROPPED);
        return 0;
      }
      answer.begin(query, packet);
      decide(verdict);
      return finish();
    } catch (RuntimeException | Error failure) { // one bad packet must not end the worker
      return fail(packet);
    }
  }

  private void decide(ParseVerdict verdict) {
    switch (verdict) {
      case ANSWERABLE -> answerFromZone();
      case FORMERR -> {
        counters.count(WorkerCounters.MALFORMED);
        answer.rcode(Rcode.FORMERR);
      }
      case NOTIMP -> answer.rcode(Rcode.NOTIMP);
      case BADVERS -> answer.rcode(Rcode.BADVERS);
      case REFUSED, DROP -> answer.rcode(Rcode.REFUSED);
    }
  }

  private void answerFromZone() {
    counters.asked(query.type());
    if (quarantine.isUsed() && quarantine.holds(query.fingerprint(), System.nanoTime())) {
      counters.count(WorkerCounters.QUARANTINED);
      answer.rcode(Rcode.SERVFAIL);
      return;
    }
    Zone zone = catalog.get().find(query);
    if (zone == null) {
      answer.rcode(Rcode.REFUSED);
    } else {
      zone.answer(query, answer);
    }
  }

  private int finish() {
    int length = answer.finish();
    counters.answered(answer.rcode(), answer.isTruncated());
    return length;
  }

  private int fail(ByteBuffer packet) {
    counters.count(WorkerCounters.FAILURES);
    quarantine.add(query.fingerprint(), System.nanoTime());
    answer.begin(query, packet);
    answer.rcode(Rcode.SERVFAIL);
    return finish();
  }
}
