package net.dglb.net;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An absolute domain name in lower case, for the names that this network serves: labels of letters,
 * digits, hyphens and underscores (RFC 1035 section 2.3, RFC 9499 section 2).
 *
 * @param labels the labels from left to right; none for the root
 */
public record DomainName(List<String> labels) implements Comparable<DomainName> {

  /** The root of the name space. */
  public static final DomainName ROOT = new DomainName(List.of());

  /** Copies the labels and checks them: each 1 to 63 octets, 255 octets in all. */
  public DomainName {
    // Names are made all the time, for each of many thousand labels: no streams, no patterns.
    labels = List.copyOf(inLowerCase(labels));
    int octets = 1;
    for (String label : labels) {
      if (!isLabel(label)) {
        throw new IllegalArgumentException(
            "label: \"" + label + "\" (expected 1 to 63 letters, digits, '-' or '_')");
      }
      octets += label.length() + 1;
    }
    if (octets > 255) {
      throw new IllegalArgumentException(
          "domain name of " + octets + " octets (expected at most 255)");
    }
  }

  private static List<String> inLowerCase(List<String> labels) {
    for (String label : labels) {
      if (!label.toLowerCase(Locale.ROOT).equals(label)) {
        return labels.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
      }
    }
    return labels;
  }

  private static boolean isLabel(String text) {
    for (int i = 0; i < text.length(); i++) {
      char octet = text.charAt(i);
      boolean allowed =
          (octet >= 'a' && octet <= 'z')
              || (octet >= '0' && octet <= '9')
              || octet == '-'
              || octet == '_'
              || octet == '*';
      if (!allowed) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 63;
  }

  /**
   * Reads a name with or without the final dot.
   *
   * @throws IllegalArgumentException if it is not a domain name
   */
  public static DomainName of(String text) {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (bare.isEmpty()) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException(
            "domain name: empty (expected a name such as www.example.org)");
      }
      return ROOT;
    }
    return new DomainName(Arrays.asList(bare.split("\\.", -1)));
  }

  /** Whether this name equals the other or lies below it. */
  public boolean isAtOrBelow(DomainName other) {
    int extra = labels.size() - other.labels.size();
    return extra >= 0 && labels.subList(extra, labels.size()).equals(other.labels);
  }

  /** Whether this name lies strictly below the other. */
  public boolean isBelow(DomainName other) {
    return labels.size() > other.labels.size() && isAtOrBelow(other);
  }

  /** The name with one more label in front. */
  public DomainName child(String label) {
    String[] all = new String[labels.size() + 1];
    all[0] = label;
    for (int i = 0; i < labels.size(); i++) {
      all[i + 1] = labels.get(i);
    }
    return new DomainName(Arrays.asList(all));
  }

  /** The name without its first label; the root's parent is the root. */
  public DomainName parent() {
    return labels.isEmpty() ? this : new DomainName(labels.subList(1, labels.size()));
  }

  /** The uncompressed wire form with the final zero octet (RFC 1035 section 3.1). */
  public byte[] toWire() {
    int octets = 1;
    for (String label : labels) {
      octets += label.length() + 1;
    }
    byte[] wire = new byte[octets];
    int at = 0;
    for (String label : labels) {
      wire[at++] = (byte) label.length();
      for (int i = 0; i < label.length(); i++) {
        wire[at++] = (byte) label.charAt(i);
      }
    }
    return wire;
  }

  /** Mixes more than lists do, in whose sums names such as s1.z2 and s2.z1 often are the same. */
  @Override
  public int hashCode() {
    int hash = 0;
    for (String label : labels) {
      hash = (hash ^ label.hashCode()) * 0x9E37_79B1;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** Canonical order of RFC 4034 section 6.1: by labels from the right. */
  @Override
  public int compareTo(DomainName other) {
    int mine = labels.size();
    int theirs = other.labels.size();
    for (int i = 1; i <= Math.min(mine, theirs); i++) {
      int order = labels.get(mine - i).compareTo(other.labels.get(theirs - i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine, theirs);
  }

  /** The name without a final dot; the root is a single dot. */
  @Override
  public String toString() {
    return labels.isEmpty() ? "." : String.join(".", labels);
  }
}
