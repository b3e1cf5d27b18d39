package net.dglb.proxy.cache;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.dglb.proxy.http.EntityTag;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;

/**
 * What becomes of a stored response when the origin says something about it: 304 to a validation
 * (RFC 9111, section 4.3.4), or an answer to HEAD (section 4.3.5).
 */
public sealed interface Freshening {

  /** Fields that describe the stored bytes, which do not change with a new head (section 3.2). */
  Set<String> ABOUT_BYTES = Set.of("content-encoding", "content-length", "content-range", "etag");

  /** Keep the stored content with this head. */
  record Updated(StoredResponse stored) implements Freshening {}

  /**
   * Answer this request with the stored content and this head, but do not keep the update. What was
   * stored goes too, unless the reason lies in the request.
   */
  record ServedOnce(StoredResponse stored, Storability.Reason reason) implements Freshening {}

  /**
   * The answer is about another content: what is stored goes, and the origin is asked without
   * conditions.
   */
  record Rejected(Reason reason) implements Freshening {}

  /** Why an answer is not about what is stored. */
  enum Reason {
    /** The status says nothing about it: not 304 to a validation, not 200 to HEAD. */
    STATUS,
    /** The target or the selecting request fields are others. */
    OTHER_VARIANT,
    /** The entity tags differ. */
    ENTITY_TAG,
    /** The dates of last change differ. */
    LAST_MODIFIED,
    /** The lengths differ. */
    CONTENT_LENGTH
  }

  /**
   * What a 304 to a validation of {@code stored} means.
   *
   * @param request the client's request that led to the validation
   */
  static Freshening byNotModified(
      StoredResponse stored,
      RequestHead request,
      ResponseHead notModified,
      Instant requestTime,
      Instant responseTime,
      CacheOptions options) {
    if (notModified.status() != 304) {
      return new Rejected(Reason.STATUS);
    }
    Optional<Reason> difference = validatorsDiffer(stored, notModified);
    return difference.isPresent()
        ? new Rejected(difference.get())
        : merge(stored, request, notModified, requestTime, responseTime, options);
  }

  /** What a response to HEAD means for a stored response to GET. */
  static Freshening byHead(
      StoredResponse stored,
      RequestHead request,
      ResponseHead response,
      Instant requestTime,
      Instant responseTime,
      CacheOptions options) {
    if (response.status() != 200 || stored.head().status() != 200) {
      return new Rejected(Reason.STATUS);
    }
    Optional<Reason> difference = validatorsDiffer(stored, response);
    if (difference.isPresent()) {
      return new Rejected(difference.get());
    }
    Optional<String> length = response.headers().first("Content-Length");
    Optional<String> storedLength = stored.head().headers().first("Content-Length");
    if (length.isPresent() && storedLength.isPresent() && !length.equals(storedLength)) {
      return new Rejected(Reason.CONTENT_LENGTH);
    }
    RequestHead asGet = new RequestHead("GET", request.target(), request.headers());
    return merge(stored, asGet, response, requestTime, responseTime, options);
  }

  /**
   * An entity tag decides if both have one, else the date does; what one of them lacks is no
   * difference.
   */
  private static Optional<Reason> validatorsDiffer(StoredResponse stored, ResponseHead answer) {
    Headers own = stored.head().headers();
    Optional<EntityTag> tag = answer.headers().first("ETag").flatMap(EntityTag::parse);
    if (tag.isPresent() && stored.entityTag().isPresent()) {
      boolean same = tag.get().weakMatches(stored.entityTag().get());
      return same ? Optional.empty() : Optional.of(Reason.ENTITY_TAG);
    }
    if (tag.isPresent() && !tag.get().weak()) {
      return Optional.of(Reason.ENTITY_TAG);
    }
    Optional<String> modified = answer.headers().first("Last-Modified");
    boolean other =
        modified.isPresent()
            && own.has("Last-Modified")
            && !modified.equals(own.first("Last-Modified"));
    return other ? Optional.of(Reason.LAST_MODIFIED) : Optional.empty();
  }

  private static Freshening merge(
      StoredResponse stored,
      RequestHead request,
      ResponseHead answer,
      Instant requestTime,
      Instant responseTime,
      CacheOptions options) {
    if (!stored.target().equals(request.target()) || !stored.variant().matches(request)) {
      return new Rejected(Reason.OTHER_VARIANT);
    }
    Set<String> untouched = new HashSet<>(ABOUT_BYTES);
    untouched.addAll(StoredResponse.notKept(answer.headers(), options));
    Headers newer = answer.headers().without(untouched);
    // The stored Date is that of the first response: with it the update would be as old as what it
    // updates.
    Headers kept = stored.head().headers().without(Set.of("date"));
    ResponseHead merged = stored.head().with(kept.updatedBy(newer));
    Storability decision = Storability.decide(request, merged, options);
    Storability.Store asIf =
        decision instanceof Storability.Store store
            ? store
            : new Storability.Store(decision.reason(), Set.of());
    if (!VariantKey.isPossible(merged.headers())) {
      merged = merged.with(merged.headers().without(Set.of("vary")));
    }
    StoredResponse update =
        StoredResponse.of(asIf, request, merged, requestTime, responseTime, options);
    return decision instanceof Storability.Store
        ? new Updated(update)
        : new ServedOnce(update, decision.reason());
  }
}
