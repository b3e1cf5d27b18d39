package net.dglb.identity;

import java.util.Set;

/**
 * The rule for ids of nodes. An id is one DNS label, since a load balancer's id is the referral
 * label; it is never reused for another node.
 */
public final class NodeId {

  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 40;

  /** What an id looks like, for messages. */
  public static final String RULE =
      "1 to 40 lower-case letters, digits or '-', not beginning or ending with '-', and not ns";

  private static final Set<String> RESERVED = Set.of("ns", "_dglb");

  private NodeId() {}

  /**
   * Returns the id if it is one.
   *
   * @throws IllegalArgumentException if it is not, saying what is expected
   */
  public static String check(String id) {
    if (!isLabel(id) || RESERVED.contains(id)) {
      throw new IllegalArgumentException("id: \"" + id + "\" (expected: " + RULE + ")");
    }
    return id;
  }

  /**
   * Whether a text has the form of an id. Duties and labels are made all the time, by tens of
   * thousands: no pattern.
   */
  public static boolean isLabel(String text) {
    int last = text.length() - 1;
    if (last < 0 || last >= MAX_LENGTH || text.charAt(0) == '-' || text.charAt(last) == '-') {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      char octet = text.charAt(i);
      boolean isAlphanumeric = (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
      if (!isAlphanumeric && octet != '-') {
        return false;
      }
    }
    return true;
  }
}
