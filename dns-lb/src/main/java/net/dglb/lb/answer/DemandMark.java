package net.dglb.lb.answer;

import java.util.concurrent.atomic.AtomicBoolean;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;

/**
 * Whether somebody asked for a service since the last look, and whether who asks now is to wait.
 * DNS threads mark and read without a lock.
 */
final class DemandMark {

  private final DomainName service;
  private final AtomicBoolean marked = new AtomicBoolean();
  private final AtomicBoolean stale = new AtomicBoolean();

  DemandMark(DomainName service) {
    this.service = service;
  }

  /** Says whether the estimates of the service are too old to answer by. */
  void stale(boolean flag) {
    stale.setOpaque(flag);
  }

  /** Reads first, so that a busy service does not move its cache line about. */
  private void mark() {
    if (!marked.getOpaque()) {
      marked.setOpaque(true);
    }
  }

  /** Whether it is marked; clears it. */
  boolean take() {
    return marked.getOpaque() && marked.getAndSet(false);
  }

  /** A zone whose questions for what sites answer mark the demand. */
  Zone on(Zone zone) {
    return new MarkingZone(zone, this);
  }

  private record MarkingZone(Zone zone, DemandMark demand) implements Zone {

    @Override
    public DomainName apex() {
      return zone.apex();
    }

    @Override
    public void answer(Query query, Answer answer) {
      switch (query.type()) {
        case RecordType.A, RecordType.AAAA, RecordType.HTTPS, RecordType.ANY -> {
          demand.mark();
          if (demand.stale.getOpaque() && answer.postpone(demand.service)) {
            return;
          }
        }
        default -> {}
      }
      zone.answer(query, answer);
    }
  }
}
