package net.dglb.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a check says and expects beyond its path, host and statuses.
 *
 * @param method of an HTTP request: {@code GET} or {@code HEAD}
 * @param headers of an HTTP request, besides those that every probe sends
 * @param contains what the body of an HTTP answer must contain, within what is read of it
 * @param redirects how many redirections at the same host are followed before the status is judged,
 *     0 to {@link #MAX_REDIRECTS}
 * @param http2 whether HTTP/2 is spoken instead of HTTP/1.1
 * @param recordType that a DNS check asks for
 * @param loadHeader the header of an HTTP answer in which a site reports its load
 * @param loadUnit what is reported there
 * @param download the object by which an HTTP check measures throughput
 */
public record Exchange(
    String method,
    List<Header> headers,
    Optional<String> contains,
    int redirects,
    boolean http2,
    String recordType,
    Optional<String> loadHeader,
    LoadUnit loadUnit,
    Optional<Download> download) {

  /** What a site reports of its load. */
  public enum LoadUnit {
    /** A share of its capacity: 0 and up, 1 for all of it. */
    SHARE(10),
    /** A number in the unit of the sites' capacity, of which it is a part. */
    CAPACITY(Site.MAX_NUMBER);

    private final double most;

    LoadUnit(double most) {
      this.most = most;
    }

    /** The most that can be reported. */
    public double most() {
      return most;
    }
  }

  /**
   * A line of an HTTP request.
   *
   * @param name a token
   * @param value visible ASCII and spaces
   */
  public record Header(String name, String value) {

    private static final int MAX_LENGTH = 1_000;

    /** Checks that no other line can be smuggled in. */
    public Header {
      if (!name.matches(TOKEN) || RESERVED.contains(lower(name))) {
        throw new IllegalArgumentException(
            "header: \"" + name + "\" (expected a header's name, and none of " + RESERVED + ")");
      }
      if (value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            "header: " + name + " (expected at most " + MAX_LENGTH + " visible ASCII characters)");
      }
    }

    private static String lower(String name) {
      return name.toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** RFC 9110 section 5.6.2. */
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}";

  /** Headers that a probe needs for itself. */
  private static final Set<String> RESERVED =
      Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding");

  /** The most redirections. */
  public static final int MAX_REDIRECTS = 10;

  /** The most headers. */
  public static final int MAX_HEADERS = 50;

  /** The longest text that a body must contain. */
  public static final int MAX_CONTAINS = 1_000;

  /** The types that a DNS check may ask for. */
  static final List<String> RECORD_TYPES =
      List.of("A", "AAAA", "CNAME", "HTTPS", "MX", "NS", "SOA", "SRV", "TXT");

  /** A GET over HTTP/1.1 without expectations of the body; a DNS check asks for A. */
  public static final Exchange USUAL =
      new Exchange("GET", List.of(), Optional.empty(), 0, false, "A");

  /** An exchange without a report of load and without downloads. */
  public Exchange(
      String method,
      List<Header> headers,
      Optional<String> contains,
      int redirects,
      boolean http2,
      String recordType) {
    this(
        method,
        headers,
        contains,
        redirects,
        http2,
        recordType,
        Optional.empty(),
        Optional.empty());
  }

  /** An exchange in which loads are reported as shares. */
  public Exchange(
      String method,
      List<Header> headers,
      Optional<String> contains,
      int redirects,
      boolean http2,
      String recordType,
      Optional<String> loadHeader,
      Optional<Download> download) {
    this(
        method,
        headers,
        contains,
        redirects,
        http2,
        recordType,
        loadHeader,
        LoadUnit.SHARE,
        download);
  }

  /** The same whose loads are reported in another unit. */
  public Exchange with(LoadUnit unit) {
    return new Exchange(
        method, headers, contains, redirects, http2, recordType, loadHeader, unit, download);
  }

  /** The same that also measures throughput. */
  public Exchange with(Download object) {
    return new Exchange(
        method,
        headers,
        contains,
        redirects,
        http2,
        recordType,
        loadHeader,
        loadUnit,
        Optional.of(object));
  }

  /** The same that measures no throughput. */
  Exchange withoutDownload() {
    return new Exchange(
        method,
        headers,
        contains,
        redirects,
        http2,
        recordType,
        loadHeader,
        loadUnit,
        Optional.empty());
  }

  /** Checks the ranges and that the check can succeed. */
  public Exchange {
    headers = List.copyOf(headers);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new IllegalArgumentException("method: " + method + " (expected GET or HEAD)");
    }
    Limits.range("number of headers", headers.size(), 0, MAX_HEADERS);
    Limits.range("redirects", redirects, 0, MAX_REDIRECTS);
    if (contains.isPresent()) {
      Limits.range("length of contains", contains.get().length(), 1, MAX_CONTAINS);
      if (method.equals("HEAD")) {
        throw new IllegalArgumentException(
            "contains: an answer to HEAD has no body, the check could never succeed (expected"
                + " method = GET)");
      }
    }
    loadHeader.ifPresent(Exchange::checkLoadHeader);
    if (loadHeader.isEmpty() && loadUnit != LoadUnit.SHARE) {
      throw new IllegalArgumentException(
          "load-unit: no load is reported (expected load-header as well)");
    }
    if (!RECORD_TYPES.contains(recordType)) {
      throw new IllegalArgumentException(
          "type: " + recordType + " (expected one of " + String.join(", ", RECORD_TYPES) + ")");
    }
  }

  static void checkLoadHeader(String name) {
    if (!name.matches(TOKEN)) {
      throw new IllegalArgumentException(
          "load-header: \"" + name + "\" (expected a header's name such as X-Load)");
    }
  }
}
