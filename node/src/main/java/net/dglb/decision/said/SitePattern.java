package net.dglb.decision.said;

import java.util.Locale;
import net.dglb.net.DomainName;

/**
 * Which sites of which services are meant: {@code service/site}, in each of which {@code *} stands
 * for any characters and {@code ?} for one. A pattern without a slash is one of sites, of every
 * service.
 *
 * @param service matches service names
 * @param site matches site ids
 */
public record SitePattern(String service, String site) {

  private static final int MAX_LENGTH = 320;

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static SitePattern parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() > MAX_LENGTH || !lower.matches("([a-z0-9._*?-]+/)?[a-z0-9*?-]+")) {
      throw new IllegalArgumentException(
          "pattern: \""
              + text
              + "\" (expected service/site or site, * and ? stand for any characters and for one)");
    }
    int slash = lower.indexOf('/');
    return new SitePattern(slash < 0 ? "*" : lower.substring(0, slash), lower.substring(slash + 1));
  }

  /** Whether a site of a service is meant. */
  public boolean matches(DomainName name, String siteId) {
    return matches(service, name.toString()) && matches(site, siteId);
  }

  /** Goes back to the last star when a character does not fit: linear in time times length. */
  private static boolean matches(String glob, String text) {
    int at = 0;
    int star = -1;
    int afterStar = 0;
    int i = 0;
    while (i < text.length()) {
      char wanted = at < glob.length() ? glob.charAt(at) : '\0';
      if (wanted == '*') {
        star = at++;
        afterStar = i;
      } else if (wanted == '?' || wanted == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++afterStar;
      } else {
        return false;
      }
    }
    return glob.substring(at).chars().allMatch(c -> c == '*');
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return service + "/" + site;
  }
}
