package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * What one owner says in a shared map, whole: it is replaced at once or not at all.
 *
 * @param key the owner: a load balancer, an enterprise zone or a backbone node
 * @param version ordered by the owner
 * @param deleted a tombstone: the owner withdrew; the content says what is still worth knowing
 * @param expiresAt when nobody needs the entry any more, tombstone or not
 * @param content the statement, in the map's own encoding
 */
public record Entry(
    String key, EntryVersion version, boolean deleted, Instant expiresAt, ByteString content) {

  private static final int LONGEST_KEY = 255;

  /** Checks the length of the key. */
  public Entry {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "key of " + key.length() + " characters (expected 1 to " + LONGEST_KEY + ")");
    }
  }
}
