package net.dglb.trace;

import java.util.List;
import org.xbill.DNS.Record;

/**
 * A finished walk.
 *
 * @param hops every question in the order in which it was asked
 * @param answer the records that were asked for; none if the walk ended without an answer
 * @param conclusion how it ended, in words
 */
public record Trace(List<Hop> hops, List<Record> answer, String conclusion) {

  /** Copies the lists. */
  public Trace {
    hops = List.copyOf(hops);
    answer = List.copyOf(answer);
  }

  /** Whether the walk ended with the records that were asked for. */
  public boolean answered() {
    return !answer.isEmpty();
  }
}
