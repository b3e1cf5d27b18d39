package net.dglb.lb.answer;

import java.util.concurrent.atomic.AtomicBoolean;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordType;
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

  /** Marks the demand if a question is for what sites answer; whether it waits for measurements. */
  boolean postpones(Query query, Answer answer) {
    return switch (query.type()) {
      case RecordType.A, RecordType.AAAA, RecordType.HTTPS, RecordType.ANY -> {
        mark();
        yield stale.getOpaque() && answer.postpone(service);
      }
      default -> false;
    };
  }
}
