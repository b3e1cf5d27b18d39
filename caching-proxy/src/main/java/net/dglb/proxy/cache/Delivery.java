package net.dglb.proxy.cache;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.dglb.proxy.http.ByteRange;
import net.dglb.proxy.http.EntityTag;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.RequestHead;

/**
 * What of a stored response a client gets that asks with conditions or for a range (RFC 9111,
 * section 4.3.2; RFC 9110, sections 13 and 14).
 */
public sealed interface Delivery {

  /** Why. */
  Reason reason();

  /** The whole stored response with its own status. */
  record Full(Reason reason) implements Delivery {}

  /**
   * Status 304 without content.
   *
   * @param headers the stored fields that belong to it
   */
  record NotModified(Reason reason, Headers headers) implements Delivery {}

  /**
   * Status 206 with these bytes.
   *
   * @param first the first byte, from 0
   * @param last the last byte, included
   * @param length bytes of the whole content
   */
  record Partial(Reason reason, long first, long last, long length) implements Delivery {
    /** The field Content-Range. */
    public String contentRange() {
      return "bytes " + first + "-" + last + "/" + length;
    }
  }

  /**
   * Status 416 without content.
   *
   * @param length bytes of the whole content
   */
  record RangeNotSatisfiable(Reason reason, long length) implements Delivery {
    /** The field Content-Range. */
    public String contentRange() {
      return "bytes */" + length;
    }
  }

  /** Why the client gets this. */
  enum Reason {
    /** Neither condition nor range, or none that counts for this method or status. */
    UNCONDITIONAL,
    /** If-None-Match names the stored entity tag, or anything. */
    ENTITY_TAG_MATCHES,
    /** Nothing that If-None-Match names is stored. */
    ENTITY_TAG_DIFFERS,
    /** Not changed since If-Modified-Since. */
    NOT_MODIFIED_SINCE,
    /** Changed since If-Modified-Since. */
    MODIFIED_SINCE,
    /** If-Range does not name exactly the stored content. */
    IF_RANGE_DIFFERS,
    /** The range is not valid, in another unit, or one of several. */
    RANGE_IGNORED,
    /** The range holds bytes of the content. */
    RANGE,
    /** The range lies behind the content. */
    RANGE_UNSATISFIABLE
  }

  /**
   * Decides for a request that may be answered from this stored response.
   *
   * @param length bytes of the stored content, which is complete
   */
  static Delivery of(StoredResponse stored, RequestHead request, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("content length: " + length + " (expected: at least 0)");
    }
    int status = stored.head().status();
    if (status < 200 || status > 299) {
      return new Full(Reason.UNCONDITIONAL);
    }
    Reason condition = condition(stored, request.headers());
    if (condition == Reason.ENTITY_TAG_MATCHES || condition == Reason.NOT_MODIFIED_SINCE) {
      return new NotModified(condition, ofNotModified(stored));
    }
    Optional<String> range = request.headers().first("Range");
    if (range.isEmpty() || !request.method().equals("GET") || status != 200) {
      return new Full(condition);
    }
    if (!ifRangeHolds(stored, request.headers())) {
      return new Full(Reason.IF_RANGE_DIFFERS);
    }
    boolean several = request.headers().all("Range").size() > 1;
    return switch (several ? new ByteRange.Whole() : ByteRange.parse(range.get(), length)) {
      case ByteRange.Whole whole -> new Full(Reason.RANGE_IGNORED);
      case ByteRange.Unsatisfiable none ->
          new RangeNotSatisfiable(Reason.RANGE_UNSATISFIABLE, length);
      case ByteRange.Part part -> new Partial(Reason.RANGE, part.first(), part.last(), length);
    };
  }

  private static Reason condition(StoredResponse stored, Headers request) {
    Optional<String> noneMatch = request.combined("If-None-Match");
    if (noneMatch.isPresent()) {
      boolean any = noneMatch.get().strip().equals("*");
      boolean named =
          stored
              .entityTag()
              .filter(
                  own -> EntityTag.parseList(noneMatch.get()).stream().anyMatch(own::weakMatches))
              .isPresent();
      return any || named ? Reason.ENTITY_TAG_MATCHES : Reason.ENTITY_TAG_DIFFERS;
    }
    Optional<Instant> since = request.first("If-Modified-Since").flatMap(d -> date(stored, d));
    if (since.isEmpty() || request.all("If-Modified-Since").size() > 1) {
      return Reason.UNCONDITIONAL;
    }
    // Without Last-Modified the response's own date stands in for it (section 4.3.2).
    Instant changed = stored.lastModified().orElseGet(stored::date);
    return changed.isAfter(since.get()) ? Reason.MODIFIED_SINCE : Reason.NOT_MODIFIED_SINCE;
  }

  /**
   * Only a strong validator will do, because the client puts our bytes behind its own (RFC 9110,
   * section 13.1.5).
   */
  private static boolean ifRangeHolds(StoredResponse stored, Headers request) {
    Optional<String> ifRange = request.first("If-Range");
    if (ifRange.isEmpty()) {
      return true;
    }
    Optional<EntityTag> tag = EntityTag.parse(ifRange.get());
    if (tag.isPresent()) {
      return stored.entityTag().filter(tag.get()::strongMatches).isPresent();
    }
    Optional<Instant> modified = stored.lastModified();
    boolean strong = modified.isPresent() && !modified.get().plusSeconds(1).isAfter(stored.date());
    return strong && modified.equals(date(stored, ifRange.get()));
  }

  private static Headers ofNotModified(StoredResponse stored) {
    Set<String> dropped = new HashSet<>(Set.of("content-length", "content-range", "content-type"));
    dropped.add("content-encoding");
    dropped.add("content-language");
    return stored.head().headers().without(dropped);
  }

  private static Optional<Instant> date(StoredResponse stored, String text) {
    return HttpDate.parse(text, stored.freshness().responseTime());
  }
}
