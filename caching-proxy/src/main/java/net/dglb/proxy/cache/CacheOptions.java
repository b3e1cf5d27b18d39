package net.dglb.proxy.cache;

import java.time.Duration;
import java.util.List;

/**
 * What RFC 9111 leaves to the cache.
 *
 * @param targetedFields targeted fields that count before Cache-Control, the most specific first
 * @param setCookie what becomes of responses that set cookies
 * @param heuristicFraction the part of the time since Last-Modified for which a response without
 *     stated lifetime is fresh, 0 to 1
 * @param heuristicLimit the longest such lifetime
 * @param staleWhenUnreachable for how long a stale response may be served, without its origin
 *     having said so, while the origin cannot be reached; zero for never (section 4.2.4)
 * @param staleDespiteSharedMaxAge whether stale-while-revalidate and stale-if-error count beside
 *     s-maxage, which by the letter (section 5.2.2.10) forbids to serve stale, but which many
 *     origins write so
 */
public record CacheOptions(
    List<String> targetedFields,
    SetCookie setCookie,
    double heuristicFraction,
    Duration heuristicLimit,
    Duration staleWhenUnreachable,
    boolean staleDespiteSharedMaxAge) {

  /** What becomes of responses with Set-Cookie, which RFC 9111, section 7.3 lets caches store. */
  public enum SetCookie {
    /** Not stored: one client's cookie never reaches another. */
    REFUSE,
    /** Stored without the field. */
    DROP,
    /** Stored as it is: for origins that are known to mean it. */
    KEEP
  }

  /** Copies the list and checks the numbers. */
  public CacheOptions {
    targetedFields = List.copyOf(targetedFields);
    if (!(heuristicFraction >= 0 && heuristicFraction <= 1)) {
      throw new IllegalArgumentException(
          "heuristic fraction: " + heuristicFraction + " (expected: 0 to 1)");
    }
    requireNotNegative("heuristic limit", heuristicLimit);
    requireNotNegative("stale when unreachable", staleWhenUnreachable);
  }

  /** By the letter of the RFCs, and to the safe side where they leave a choice. */
  public static CacheOptions defaults() {
    return new CacheOptions(
        List.of("DGLB-Cache-Control", "CDN-Cache-Control"),
        SetCookie.REFUSE,
        0.1,
        Duration.ofDays(1),
        Duration.ZERO,
        false);
  }

  private static void requireNotNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: at least zero)");
    }
  }
}
