package net.dglb.proxy.cache;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.dglb.proxy.http.EntityTag;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import net.dglb.proxy.http.TargetUri;

/**
 * A response as it is kept, without its content, and what was concluded from it once.
 *
 * @param target what it is a response about
 * @param variant which of the target's responses it is
 * @param head the response, less what may not be kept, always with Date and never with Age
 * @param control the directives that count
 * @param freshness lifetime and age
 */
public record StoredResponse(
    TargetUri target,
    VariantKey variant,
    ResponseHead head,
    CacheControl control,
    Freshness freshness) {

  /** Fields of one connection or one proxy (RFC 9111, section 3.1). */
  private static final Set<String> NOT_KEPT =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  /**
   * Fields that decisions rest on: a response that takes them away from the cache must not loosen a
   * rule by it.
   */
  static final Set<String> DECISIVE =
      Set.of("cache-control", "date", "etag", "expires", "last-modified", "vary");

  /**
   * The response as {@code decision} lets it be kept.
   *
   * @param requestTime when the request was sent
   * @param responseTime when the response was received
   */
  public static StoredResponse of(
      Storability.Store decision,
      RequestHead request,
      ResponseHead response,
      Instant requestTime,
      Instant responseTime,
      CacheOptions options) {
    Headers received = response.headers();
    CacheControl control = CacheControl.ofResponse(received, options.targetedFields());
    Set<String> dropped = new HashSet<>(decision.withoutFields());
    dropped.addAll(notKept(received, options));
    dropped.add("age");
    Headers kept = received.without(dropped);
    if (received.first("Date").flatMap(d -> HttpDate.parse(d, responseTime)).isEmpty()) {
      kept = kept.with("Date", HttpDate.format(responseTime));
    }
    return new StoredResponse(
        request.target(),
        VariantKey.of(received, request),
        response.with(kept),
        control,
        Freshness.of(response, control, requestTime, responseTime, options));
  }

  /**
   * The one of a target's responses to use for a request: of those that match, one that says Vary
   * before one that does not, then the newest (section 4.1).
   */
  public static Optional<StoredResponse> select(
      Collection<StoredResponse> ofTarget, RequestHead request) {
    return ofTarget.stream()
        .filter(stored -> stored.variant.matches(request))
        .max(
            Comparator.comparing((StoredResponse s) -> s.variant.isSelective())
                .thenComparing(StoredResponse::date));
  }

  /** The fields to send now, with Age (section 5.1). */
  public Headers headersAt(Instant now) {
    return head.headers().with("Age", Long.toString(freshness.age(now).toSeconds()));
  }

  /** The entity tag; empty if there is none or it is malformed. */
  public Optional<EntityTag> entityTag() {
    return head.headers().first("ETag").flatMap(EntityTag::parse);
  }

  /** When the content was last changed, if the origin said so. */
  public Optional<Instant> lastModified() {
    return head.headers()
        .first("Last-Modified")
        .flatMap(text -> HttpDate.parse(text, freshness.responseTime()));
  }

  /** When the origin made the response, by the origin's clock. */
  public Instant date() {
    return head.headers()
        .first("Date")
        .flatMap(text -> HttpDate.parse(text, freshness.responseTime()))
        .orElse(freshness.responseTime());
  }

  /** Names of fields, in lower case, that are about the connection alone. */
  static Set<String> notKept(Headers received, CacheOptions options) {
    Set<String> names = new HashSet<>(received.tokens("Connection"));
    names.removeAll(DECISIVE);
    options.targetedFields().forEach(field -> names.removeIf(field::equalsIgnoreCase));
    names.addAll(NOT_KEPT);
    return names;
  }
}
