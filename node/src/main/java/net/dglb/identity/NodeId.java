package net.dglb.identity;

import java.util.Set;
import java.util.regex.Pattern;

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

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Set<String> RESERVED = Set.of("ns", "_dglb");

  private NodeId() {}

  /**
   * Returns the id if it is one.
   *
   * @throws IllegalArgumentException if it is not, saying what is expected
   */
  public static String check(String id) {
    if (id.length() > MAX_LENGTH || !LABEL.matcher(id).matches() || RESERVED.contains(id)) {
      throw new IllegalArgumentException("id: \"" + id + "\" (expected: " + RULE + ")");
    }
    return id;
  }
}
