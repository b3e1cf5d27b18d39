package net.dglb.backbone.map;

import com.google.protobuf.ByteString;

/**
 * An entry together with the exact bytes that the maps and the journal hold.
 *
 * @param entry what the bytes say
 * @param bytes the sealed encoding
 */
public record SealedValue(Entry entry, ByteString bytes) {

  /**
   * The one merge rule of all shared maps: the higher version wins; of equal versions a tombstone,
   * then the later expiry, then the larger bytes. Every node comes to the same value, whatever the
   * order in which it sees them.
   */
  public static SealedValue merge(SealedValue one, SealedValue other) {
    int order = one.entry.version().compareTo(other.entry.version());
    if (order == 0) {
      order = Boolean.compare(one.entry.deleted(), other.entry.deleted());
    }
    if (order == 0) {
      order = one.entry.expiresAt().compareTo(other.entry.expiresAt());
    }
    if (order == 0) {
      order = ByteString.unsignedLexicographicalComparator().compare(one.bytes, other.bytes);
    }
    return order >= 0 ? one : other;
  }

  /** Whether this value takes the other's place. */
  public boolean supersedes(SealedValue other) {
    return !bytes.equals(other.bytes) && merge(this, other).equals(this);
  }
}
