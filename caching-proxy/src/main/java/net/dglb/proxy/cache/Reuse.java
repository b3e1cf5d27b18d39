package net.dglb.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;

/** Whether a stored response may answer a request (RFC 9111, section 4; RFC 5861). */
public sealed interface Reuse {

  /** Why. */
  Reason reason();

  /** Answer from the stored response: it is fresh. */
  record Fresh(Reason reason, Duration age) implements Reuse {}

  /** Answer from the stored response although it is stale: the client asked for that. */
  record StaleAccepted(Reason reason, Duration age) implements Reuse {}

  /**
   * Answer from the stale response at once, and validate it besides.
   *
   * @param conditions fields for the background request; none if there is no validator
   */
  record StaleWhileRevalidate(Reason reason, Duration age, Headers conditions) implements Reuse {}

  /**
   * Ask the origin whether the stored response still holds.
   *
   * @param conditions fields that replace the client's own preconditions in the request to the
   *     origin
   */
  record Revalidate(Reason reason, Headers conditions) implements Reuse {}

  /** Ask the origin; what is stored, if anything, does not help. */
  record Miss(Reason reason) implements Reuse {}

  /**
   * Answer 504: the client wants nothing but a stored response, and none may be used (section
   * 5.2.1.7).
   */
  record GatewayTimeout(Reason reason) implements Reuse {}

  /** The origin failed: answer from the stored response all the same. */
  record StaleIfError(Reason reason, Duration age) implements Reuse {}

  /** The origin failed: pass its error on, or answer 504 if it could not be reached. */
  record PassFailure(Reason reason) implements Reuse {}

  /** Why a stored response is used or not. */
  enum Reason {
    /** Its lifetime exceeds its age. */
    FRESH,
    /** The request's max-stale covers it (section 5.2.1.2). */
    REQUEST_MAX_STALE,
    /** The response's stale-while-revalidate covers it (RFC 5861, section 3). */
    STALE_WHILE_REVALIDATE,
    /** stale-if-error of response or request covers it (RFC 5861, section 4). */
    STALE_IF_ERROR,
    /** The options cover it while the origin cannot be reached (section 4.2.4). */
    UNREACHABLE,
    /** Nothing is stored. */
    NOT_STORED,
    /** The method is neither GET nor HEAD. */
    METHOD,
    /** If-Match or If-Unmodified-Since: only the origin can say (section 4.3.2). */
    PRECONDITION_FOR_ORIGIN,
    /** What is stored was selected by other request fields (section 4.1). */
    OTHER_VARIANT,
    /** no-cache in the response (section 5.2.2.4). */
    RESPONSE_NO_CACHE,
    /** no-cache in the request (section 5.2.1.4). */
    REQUEST_NO_CACHE,
    /** It is older than the request's max-age (section 5.2.1.1). */
    REQUEST_MAX_AGE,
    /** It will not be fresh for as long as the request's min-fresh (section 5.2.1.3). */
    REQUEST_MIN_FRESH,
    /** It is stale. */
    STALE,
    /**
     * It is stale, and must-revalidate, proxy-revalidate or s-maxage forbid to use it so (section
     * 5.2.2).
     */
    STALE_FORBIDDEN,
    /** The origin's answer is none of the errors that stale-if-error is about. */
    NOT_AN_ERROR,
    /** It has been stale for longer than anything allows. */
    TOO_STALE
  }

  /** Decides for a request whose target has nothing stored. */
  static Reuse withoutStored(RequestHead request) {
    return ReuseRules.orGatewayTimeout(request, new Miss(ReuseRules.reasonWithoutStored(request)));
  }

  /** Decides for a request whose target has this stored. */
  static Reuse of(StoredResponse stored, RequestHead request, Instant now, CacheOptions options) {
    return ReuseRules.orGatewayTimeout(
        request, new ReuseRules(stored, request, now, options).beforeAsking());
  }

  /** Decides after the origin was asked for a request whose target has this stored, and failed. */
  static Reuse afterFailure(
      StoredResponse stored,
      RequestHead request,
      OriginFailure failure,
      Instant now,
      CacheOptions options) {
    return new ReuseRules(stored, request, now, options).afterFailure(failure);
  }
}
