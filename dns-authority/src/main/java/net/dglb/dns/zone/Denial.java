package net.dglb.dns.zone;

import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;

/**
 * An NSEC record with its signature: proves that no name lies between its owner and the next one,
 * and which types the owner has (RFC 4034 section 4).
 */
final class Denial {

  private final byte[] prefix;
  private final RecordSet nsec;

  /**
   * Takes the record.
   *
   * @param prefix the owner's labels in front of the apex, in wire form
   */
  Denial(byte[] prefix, RecordSet nsec) {
    this.prefix = prefix.clone();
    this.nsec = nsec;
  }

  void append(Query query, Answer answer) {
    answer.appendProof(nsec, prefix, query.apexLabel());
  }
}
