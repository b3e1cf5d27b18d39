package net.dglb.proxy.cache;

import java.util.Set;

/** What a cache knows about status codes (RFC 9110, section 15). */
final class Statuses {
  private static final Set<Integer> HEURISTICALLY_CACHEABLE =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404,
          405, 406, 407, 408, 409, 410, 411, 413, 414, 415, 417, 421, 422, 426, 500, 501, 502, 503,
          504, 505);

  /** Answers to ranges and preconditions of one request: no other request may get them. */
  private static final Set<Integer> ABOUT_ONE_REQUEST = Set.of(206, 304, 412, 416);

  private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  private Statuses() {}

  static boolean isHeuristicallyCacheable(int status) {
    return HEURISTICALLY_CACHEABLE.contains(status);
  }

  static boolean isUnderstood(int status) {
    return UNDERSTOOD.contains(status);
  }

  static boolean isAboutOneRequest(int status) {
    return ABOUT_ONE_REQUEST.contains(status);
  }

  /** Whether stale-if-error is about this status (RFC 5861, section 4). */
  static boolean isError(int status) {
    return ERRORS.contains(status);
  }
}
