package net.dglb.proxy.cache;

import java.util.Set;
import java.util.TreeSet;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;

/**
 * Whether a response may be stored by a shared cache (RFC 9111, section 3). A content that was cut
 * short is not to be stored either; that is for the one who reads it to see.
 */
public sealed interface Storability {

  /** Why. */
  Reason reason();

  /**
   * It may be stored.
   *
   * @param withoutFields fields to leave out, in lower case
   */
  record Store(Reason reason, Set<String> withoutFields) implements Storability {
    /** Copies the set. */
    public Store {
      withoutFields = Set.copyOf(withoutFields);
    }
  }

  /** It may not be stored, or would never be of use. */
  record DoNotStore(Reason reason) implements Storability {}

  /** Why a response is stored or not. */
  enum Reason {
    /** Stored: s-maxage, max-age or Expires states a lifetime, be it zero. */
    STATED_LIFETIME,
    /** Stored: its lifetime can be guessed from Last-Modified (section 4.2.2). */
    HEURISTIC_LIFETIME,
    /** Stored: it can be validated each time. */
    VALIDATOR,
    /** Not stored: only responses to GET are. */
    METHOD,
    /** Not stored: an interim response. */
    NOT_FINAL,
    /** Not stored: 206, 304, 412 and 416 answer conditions of one request. */
    STATUS_ABOUT_ONE_REQUEST,
    /** Not stored: must-understand, and the status is not known (section 5.2.2.3). */
    STATUS_NOT_UNDERSTOOD,
    /** Not stored: no-store in the request (section 5.2.1.5). */
    REQUEST_NO_STORE,
    /** Not stored: no-store in the response (section 5.2.2.5). */
    RESPONSE_NO_STORE,
    /** Not stored: private (section 5.2.2.7). */
    PRIVATE,
    /**
     * Not stored: the request had Authorization, and the response does not allow it expressly
     * (section 3.5).
     */
    AUTHORIZATION,
    /**
     * Not stored: no later request can match {@code Vary: *}, or too many fields are named (section
     * 4.1).
     */
    VARY,
    /** Not stored: private or no-cache names a field without which nothing can be decided later. */
    DECISIVE_FIELD,
    /** Not stored: it sets a cookie, and the options refuse that. */
    SET_COOKIE,
    /** Not stored: neither a lifetime nor a validator would ever allow to reuse it. */
    NEVER_REUSABLE;

    /** Whether the request is the cause: another request may have the same response stored. */
    public boolean liesInRequest() {
      return this == METHOD || this == REQUEST_NO_STORE || this == AUTHORIZATION;
    }
  }

  /** Decides about a complete response to a request. */
  static Storability decide(RequestHead request, ResponseHead response, CacheOptions options) {
    Headers headers = response.headers();
    CacheControl control = CacheControl.ofResponse(headers, options.targetedFields());
    Reason objection = StorageObjections.first(request, response, control, options);
    if (objection != null) {
      return new DoNotStore(objection);
    }
    Reason reason = use(response, control);
    if (reason == Reason.NEVER_REUSABLE) {
      return new DoNotStore(reason);
    }
    Set<String> withoutFields = new TreeSet<>(control.privateFields());
    // Fields that must not be reused without validation are not kept for reuse at all (section
    // 5.2.2.4).
    withoutFields.addAll(control.noCacheFields());
    if (options.setCookie() == CacheOptions.SetCookie.DROP) {
      withoutFields.add("set-cookie");
    }
    return new Store(reason, withoutFields);
  }

  private static Reason use(ResponseHead response, CacheControl control) {
    Headers headers = response.headers();
    boolean modified = headers.has("Last-Modified");
    boolean validator = modified || headers.has("ETag");
    boolean heuristic =
        Statuses.isHeuristicallyCacheable(response.status()) || control.has(Directive.PUBLIC);
    boolean stated =
        control.has(Directive.S_MAXAGE)
            || control.has(Directive.MAX_AGE)
            || (!control.targeted() && headers.has("Expires"));
    if (control.isNoCache()) {
      return validator && (stated || heuristic) ? Reason.VALIDATOR : Reason.NEVER_REUSABLE;
    }
    if (stated) {
      return Reason.STATED_LIFETIME;
    }
    if (!heuristic) {
      return Reason.NEVER_REUSABLE;
    }
    return modified
        ? Reason.HEURISTIC_LIFETIME
        : validator ? Reason.VALIDATOR : Reason.NEVER_REUSABLE;
  }
}
