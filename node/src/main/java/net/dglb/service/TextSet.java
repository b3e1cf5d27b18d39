package net.dglb.service;

import java.util.List;
import net.dglb.net.DomainName;

/**
 * TXT records of one name in an enterprise zone, as dynamic updates leave them there.
 *
 * @param name their owner
 * @param ttlSeconds 0 to a day
 * @param data the RDATA of each record, one character for each octet; at least one, none twice
 */
public record TextSet(DomainName name, int ttlSeconds, List<String> data) {

  /** The longest TTL: they are proofs and marks, not content. */
  public static final int MAX_TTL_SECONDS = 86_400;

  /** The most records of one name. */
  public static final int MAX_RECORDS = 20;

  /** The longest record, in octets. */
  public static final int MAX_OCTETS = 2_048;

  /** Copies the list and checks the ranges. */
  public TextSet {
    data = List.copyOf(data);
    Limits.range("TTL of " + name, ttlSeconds, 0, MAX_TTL_SECONDS);
    Limits.range("TXT records at " + name, data.size(), 1, MAX_RECORDS);
    for (String octets : data) {
      Limits.range("octets of a TXT record at " + name, octets.length(), 1, MAX_OCTETS);
    }
  }
}
