package net.dglb.backbone.sign;

import java.util.Arrays;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;

/** One record set with the signatures that were made for it. Immutable but for the mark of use. */
final class Signature {

  /** The zone that it belongs to. */
  final ZoneSigning zone;

  /** Who made it: with other keys it has to be made again. */
  final RecordSigner signer;

  /** The set's owner in wire form and lower case. */
  final byte[] owner;

  /** What the set was compiled against. */
  final byte[] suffix;

  /** The unsigned set, or for an NSEC record the types that it says. */
  final Object source;

  /** The TTL that was signed; any shorter one may be served (RFC 4034 section 3.1.4). */
  final int ttlSeconds;

  /** Where its place is derived from. */
  final int hash;

  final RecordSet signed;

  /** When it ends at the earliest, in seconds since 1970. */
  final long ends;

  private boolean used = true;

  Signature(
      ZoneSigning zone,
      RecordSigner signer,
      byte[] owner,
      byte[] suffix,
      Object source,
      int ttlSeconds,
      int hash,
      RecordSet signed,
      long ends) {
    this.zone = zone;
    this.signer = signer;
    this.owner = owner;
    this.suffix = suffix;
    this.source = source;
    this.ttlSeconds = ttlSeconds;
    this.hash = hash;
    this.signed = signed;
    this.ends = ends;
  }

  /** Whether it is this set's of the question's name from a label on; marks it as used then. */
  boolean isOf(RecordSigner now, Query query, int label, Object set, int ttl) {
    int from = query.labelOffset(label);
    boolean same =
        signer == now
            && isSource(set)
            && ttlSeconds == ttl
            && Arrays.equals(owner, 0, owner.length, query.name(), from, query.nameLength());
    if (same && !used) {
      used = true;
    }
    return same;
  }

  /** Sets of addresses are compiled anew with every ranking: what they say counts, and no TTL. */
  private boolean isSource(Object set) {
    if (source instanceof RecordSet mine && set instanceof RecordSet other) {
      return mine.hasRecordsOf(other);
    }
    return source.equals(set); // the very object: bitmaps have no other equality
  }

  /** Whether it was asked for since the last call of {@link #forgetUse}. */
  boolean isUsed() {
    return used;
  }

  void forgetUse() {
    used = false;
  }
}
