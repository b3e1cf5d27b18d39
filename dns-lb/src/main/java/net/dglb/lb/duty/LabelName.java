package net.dglb.lb.duty;

import net.dglb.net.DomainName;

/**
 * A referral label in front of a service: the name that resolvers are referred here for.
 *
 * @param place the label: the id of the load balancer whose place it stands for
 * @param service the balanced name
 */
public record LabelName(String place, DomainName service) implements Comparable<LabelName> {

  private static final int LONGEST = 40;

  /** Checks the label. */
  public LabelName {
    if (!isPlace(place)) {
      throw new IllegalArgumentException(
          "label: \"" + place + "\" (expected 1 to 40 lower-case letters, digits or hyphens)");
    }
  }

  /** Names are made all the time, for each of many thousand labels: no pattern. */
  private static boolean isPlace(String text) {
    int last = text.length() - 1;
    if (last < 0 || last >= LONGEST || text.charAt(0) == '-' || text.charAt(last) == '-') {
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

  /** The apex of the label's zone. */
  public DomainName apex() {
    return service.child(place);
  }

  /** By service, then by place. */
  @Override
  public int compareTo(LabelName other) {
    int byService = service.compareTo(other.service);
    return byService == 0 ? place.compareTo(other.place) : byService;
  }

  /** The apex in the usual notation. */
  @Override
  public String toString() {
    return apex().toString();
  }
}
