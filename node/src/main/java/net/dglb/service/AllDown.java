package net.dglb.service;

import java.net.InetAddress;
import java.util.List;

/**
 * What is answered while every site of a service is down.
 *
 * @param answer the rule
 * @param addresses for {@link Rule#FALLBACK} at least one and at most {@link #MAX_ADDRESSES}; none
 *     otherwise
 */
public record AllDown(Rule answer, List<InetAddress> addresses) {

  /** The rules. */
  public enum Rule {
    /** The order of when a site was last up goes on. */
    LAST_GOOD("the last good order goes on"),
    /** The address of every site. */
    ALL("the addresses of all sites are answered"),
    /** Other addresses, for example of a page that says sorry. */
    FALLBACK("the fallback addresses are answered"),
    /** No address: clients are told at once that there is none. */
    NONE("no address is answered");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    /** For people: what happens while every site is down. */
    public String text() {
      return text;
    }
  }

  /** The most fallback addresses. */
  public static final int MAX_ADDRESSES = 64;

  /** Something that may work is better than nothing. */
  public static final AllDown DEFAULT = new AllDown(Rule.LAST_GOOD, List.of());

  /** Checks that there are addresses where, and only where, they are used. */
  public AllDown {
    addresses = List.copyOf(addresses);
    addresses.forEach(Site::checkAddress);
    if (answer == Rule.FALLBACK) {
      Limits.range("number of addresses", addresses.size(), 1, MAX_ADDRESSES);
    } else if (!addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "addresses: only fallback answers them (expected none, or answer = fallback)");
    }
  }
}
