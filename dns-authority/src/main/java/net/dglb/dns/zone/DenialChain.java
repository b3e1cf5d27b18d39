package net.dglb.dns.zone;

import java.util.Arrays;
import java.util.NavigableMap;
import net.dglb.dns.wire.Query;
import org.xbill.DNS.Name;

/** The NSEC records of a zone in canonical order (RFC 4034 section 6.1). Immutable. */
final class DenialChain {

  private final byte[][] owners;
  private final byte[][] labelOffsets;
  private final Denial[] denials;

  /**
   * Takes the chain.
   *
   * @param chain by owner in canonical order; the apex comes first
   */
  DenialChain(NavigableMap<Name, Denial> chain) {
    denials = chain.values().toArray(Denial[]::new);
    owners = new byte[denials.length][];
    labelOffsets = new byte[denials.length][];
    int at = 0;
    for (Name owner : chain.keySet()) {
      owners[at] = owner.toWireCanonical();
      labelOffsets[at] = offsets(owners[at], owner.labels());
      at++;
    }
  }

  private static byte[] offsets(byte[] name, int labels) {
    byte[] offsets = new byte[labels];
    int at = 0;
    for (int i = 0; i < labels; i++) {
      offsets[i] = (byte) at;
      at += name[at] + 1;
    }
    return offsets;
  }

  /** The record whose owner is the question's name, or the last one before it. */
  Denial find(Query query) {
    int low = 0;
    int high = denials.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (compare(middle, query) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return denials[low];
  }

  /** Compares label by label from the root on; the root itself is common to all names. */
  private int compare(int index, Query query) {
    byte[] owner = owners[index];
    byte[] offsets = labelOffsets[index];
    int mine = offsets.length - 2;
    int theirs = query.labelCount() - 1;
    while (mine >= 0 && theirs >= 0) {
      int at = offsets[mine] & 0xff;
      int queryAt = query.labelOffset(theirs);
      int order =
          Arrays.compareUnsigned(
              owner,
              at + 1,
              at + 1 + owner[at],
              query.name(),
              queryAt + 1,
              queryAt + 1 + query.name()[queryAt]);
      if (order != 0) {
        return order;
      }
      mine--;
      theirs--;
    }
    return Integer.compare(mine, theirs);
  }
}
