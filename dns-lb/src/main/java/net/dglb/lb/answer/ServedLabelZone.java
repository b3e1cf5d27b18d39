package net.dglb.lb.answer;

import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;

/**
 * The zone of a label as DNS serves it: what the label is answered with now, so that another answer
 * of one label needs no other catalog of thousands. Questions for what sites answer mark the demand
 * for the service. Changed on the control thread; DNS threads read what is newest without a lock.
 */
final class ServedLabelZone implements Zone {

  /** Written before {@link #now} and read after it. */
  private DemandMark demand;

  private volatile Zone now;

  ServedLabelZone(Zone first, DemandMark demand) {
    this.demand = demand;
    now = first;
  }

  /** Answers like this from now on: questions that come after it are answered so. */
  void become(Zone next, DemandMark mark) {
    demand = mark;
    now = next;
  }

  @Override
  public DomainName apex() {
    return now.apex();
  }

  @Override
  public void answer(Query query, Answer answer) {
    Zone zone = now;
    if (!demand.postpones(query, answer)) {
      zone.answer(query, answer);
    }
  }
}
