package net.dglb.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;

/** What may stand in the request of a check, so that no line of it can be forged. */
final class HttpRules {

  static final int MAX_PATH_LENGTH = 2048;

  private HttpRules() {}

  static void checkPath(String path) {
    if (!path.startsWith("/")
        || path.length() > MAX_PATH_LENGTH
        || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
      throw new IllegalArgumentException(
          "path: \""
              + path
              + "\" (expected a path from the first slash, at most "
              + MAX_PATH_LENGTH
              + " visible ASCII characters without '#')");
    }
  }

  static String checkName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("host: \"" + name + "\" (expected a domain name)");
    }
    return name;
  }

  /** An interim status is never the last one. */
  static void checkStatuses(List<StatusRange> accept) {
    if (!accept.isEmpty() && accept.stream().allMatch(range -> range.last() < 200)) {
      throw new IllegalArgumentException(
          "accept: only interim statuses, the check could never succeed (expected one of 200 to"
              + " 599)");
    }
  }

  /** No answer of these statuses has content (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5). */
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  static void checkBody(List<StatusRange> accept, Optional<String> contains) {
    if (contains.isPresent()
        && accept.stream()
            .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
            .allMatch(status -> status < 200 || WITHOUT_BODY.contains(status))) {
      throw new IllegalArgumentException(
          "contains: no answer with an accepted status has a body, the check could never succeed"
              + " (expected accept with another status than "
              + new TreeSet<>(WITHOUT_BODY)
              + ")");
    }
  }

  /** A redirection that is followed is not judged. */
  static void checkRedirects(List<StatusRange> accept, int redirects) {
    if (redirects > 0
        && accept.stream().allMatch(range -> range.first() >= 300 && range.last() < 400)) {
      throw new IllegalArgumentException(
          "redirects: "
              + redirects
              + ", but accept takes only redirections, and those are followed: a page that works"
              + " would count as a failure (expected 0, or accept with another status than 300 to"
              + " 399)");
    }
  }

  static void checkHost(String host) {
    if (!isAddress(host) && !isName(host)) {
      throw new IllegalArgumentException(
          "host: \"" + host + "\" (expected a domain name or an address)");
    }
  }

  /** A name that ends in a number would be taken for an IPv4 address in an unusual notation. */
  private static boolean isName(String host) {
    try {
      DomainName name = DomainName.of(host);
      return !name.equals(DomainName.ROOT)
          && !host.contains("*")
          && !name.labels().getLast().matches("\\d+");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAddress(String host) {
    try {
      AddressLiteral.parse(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
