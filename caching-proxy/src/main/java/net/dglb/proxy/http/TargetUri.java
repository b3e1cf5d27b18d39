package net.dglb.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI that a request is about: what a cache keys its entries by, together with the method (RFC
 * 9111, section 2).
 *
 * <p>Scheme and host are in lower case and the default port is left out; path and query stay as
 * they were received, because an origin may tell apart what RFC 3986 calls equivalent.
 *
 * @param scheme http or https
 * @param authority host, and port if it is not the scheme's own
 * @param path path and query, beginning with a slash; no fragment; at most {@value #MAX_PATH}
 *     characters
 */
public record TargetUri(String scheme, String authority, String path) {
  /** The longest path with query, in characters. */
  public static final int MAX_PATH = 16_384;

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[^\\[\\]:/?#@\\s]+)(:[0-9]*)?");

  /** RFC 3986, appendix B, with the fragment left out. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(?:#.*)?");

  /** Normalises scheme and authority, and checks all parts. */
  public TargetUri {
    scheme = scheme.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("scheme: '" + scheme + "' (expected: http or https)");
    }
    authority = withoutDefaultPort(scheme, authority.toLowerCase(Locale.ROOT));
    path = path.isEmpty() ? "/" : path.startsWith("?") ? "/" + path : path;
    if (path.length() > MAX_PATH) {
      throw new IllegalArgumentException(
          "path: " + path.length() + " characters (expected: at most " + MAX_PATH + ")");
    }
    if (path.charAt(0) != '/' || path.indexOf('#') >= 0) {
      throw new IllegalArgumentException("path: '" + path + "' (expected: /..., no fragment)");
    }
  }

  /** Whether both have the same scheme, host and port (RFC 9110, section 4.3.1). */
  public boolean sameOrigin(TargetUri other) {
    return scheme.equals(other.scheme) && authority.equals(other.authority);
  }

  /**
   * What a reference means when it stands in a message about this URI (RFC 3986, section 5.2);
   * empty if unusable.
   */
  public Optional<TargetUri> resolve(String reference) {
    Matcher parts = REFERENCE.matcher(reference.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String query = parts.group(4) == null ? "" : parts.group(4);
    String newScheme = parts.group(1) == null ? scheme : parts.group(1);
    try {
      if (parts.group(2) != null) {
        return Optional.of(
            new TargetUri(newScheme, parts.group(2), withoutDots(parts.group(3)) + query));
      }
      if (parts.group(1) != null) {
        return Optional.empty();
      }
      return Optional.of(new TargetUri(scheme, authority, relative(parts.group(3), query)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return scheme + "://" + authority + path;
  }

  private String relative(String newPath, String newQuery) {
    int queryAt = path.indexOf('?');
    String ownPath = queryAt < 0 ? path : path.substring(0, queryAt);
    if (newPath.isEmpty()) {
      return newQuery.isEmpty() ? path : ownPath + newQuery;
    }
    if (newPath.startsWith("/")) {
      return withoutDots(newPath) + newQuery;
    }
    return withoutDots(ownPath.substring(0, ownPath.lastIndexOf('/') + 1) + newPath) + newQuery;
  }

  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> addEmptyIf(last, kept);
        case ".." -> {
          if (!kept.isEmpty()) {
            kept.removeLast();
          }
          addEmptyIf(last, kept);
        }
        default -> kept.add(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static void addEmptyIf(boolean last, List<String> kept) {
    if (last) {
      kept.add("");
    }
  }

  private static String withoutDefaultPort(String scheme, String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new IllegalArgumentException("authority: '" + authority + "' (expected: host[:port])");
    }
    String port = parts.group(2) == null ? ":" : parts.group(2);
    boolean ownPort = port.equals(":") || port.equals(scheme.equals("http") ? ":80" : ":443");
    return ownPort ? parts.group(1) : authority;
  }
}
