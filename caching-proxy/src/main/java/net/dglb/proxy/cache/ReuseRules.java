package net.dglb.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.dglb.proxy.cache.Reuse.Reason;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** One question about one stored response: may it answer this request at this time. */
final class ReuseRules {
  private final StoredResponse stored;
  private final RequestHead request;
  private final CacheOptions options;
  private final CacheControl asked;
  private final Duration age;
  private final Duration staleness;
  private final Duration remaining;
  private final boolean fresh;

  ReuseRules(StoredResponse stored, RequestHead request, Instant now, CacheOptions options) {
    this.stored = stored;
    this.request = request;
    this.options = options;
    this.asked = CacheControl.ofRequest(request.headers());
    this.age = stored.freshness().age(now);
    this.staleness = stored.freshness().staleness(now);
    this.remaining = stored.freshness().remaining(now);
    this.fresh = stored.freshness().isFresh(now);
  }

  static Reason reasonWithoutStored(RequestHead request) {
    Reason unfit = unfit(request);
    return unfit == null ? Reason.NOT_STORED : unfit;
  }

  static Reuse orGatewayTimeout(RequestHead request, Reuse reuse) {
    boolean asksOrigin = reuse instanceof Reuse.Miss || reuse instanceof Reuse.Revalidate;
    boolean only = CacheControl.ofRequest(request.headers()).has(Directive.ONLY_IF_CACHED);
    boolean cacheable = reuse.reason() != Reason.METHOD;
    return asksOrigin && only && cacheable ? new Reuse.GatewayTimeout(reuse.reason()) : reuse;
  }

  Reuse beforeAsking() {
    Reason unfit = unfitForStored();
    if (unfit != null) {
      return new Reuse.Miss(unfit);
    }
    Reason forced = forcesValidation();
    if (forced != null) {
      return revalidate(forced);
    }
    if (fresh) {
      return new Reuse.Fresh(Reason.FRESH, age);
    }
    if (staleForbidden()) {
      return revalidate(Reason.STALE_FORBIDDEN);
    }
    if (within(asked.secondsOf(Directive.MAX_STALE))) {
      return new Reuse.StaleAccepted(Reason.REQUEST_MAX_STALE, age);
    }
    // max-age without max-stale says that the client does not want a stale response (section
    // 5.2.1.1).
    boolean wantsFresh = asked.has(Directive.MAX_AGE);
    if (!wantsFresh && within(stored.control().secondsOf(Directive.STALE_WHILE_REVALIDATE))) {
      return new Reuse.StaleWhileRevalidate(Reason.STALE_WHILE_REVALIDATE, age, conditions());
    }
    return revalidate(Reason.STALE);
  }

  Reuse afterFailure(OriginFailure failure) {
    Reason refusal = refusesAfterFailure(failure);
    if (refusal != null) {
      return new Reuse.PassFailure(refusal);
    }
    if (fresh) {
      return new Reuse.StaleIfError(Reason.FRESH, age);
    }
    if (staleForbidden()) {
      return new Reuse.PassFailure(Reason.STALE_FORBIDDEN);
    }
    if (within(stored.control().secondsOf(Directive.STALE_IF_ERROR))
        || within(asked.secondsOf(Directive.STALE_IF_ERROR))) {
      return new Reuse.StaleIfError(Reason.STALE_IF_ERROR, age);
    }
    boolean unreachable = failure instanceof OriginFailure.Unreachable;
    if (unreachable && staleness.compareTo(options.staleWhenUnreachable()) < 0) {
      return new Reuse.StaleIfError(Reason.UNREACHABLE, age);
    }
    return new Reuse.PassFailure(Reason.TOO_STALE);
  }

  private @Nullable Reason refusesAfterFailure(OriginFailure failure) {
    Reason unfit = unfitForStored();
    if (unfit != null) {
      return unfit;
    }
    if (failure instanceof OriginFailure.Status answer && !Statuses.isError(answer.status())) {
      return Reason.NOT_AN_ERROR;
    }
    if (stored.control().isNoCache()) {
      return Reason.RESPONSE_NO_CACHE;
    }
    return asked.isNoCache() ? Reason.REQUEST_NO_CACHE : null;
  }

  private static @Nullable Reason unfit(RequestHead request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Reason.METHOD;
    }
    Headers headers = request.headers();
    boolean forOrigin = headers.has("If-Match") || headers.has("If-Unmodified-Since");
    return forOrigin ? Reason.PRECONDITION_FOR_ORIGIN : null;
  }

  private @Nullable Reason unfitForStored() {
    Reason unfit = unfit(request);
    if (unfit != null) {
      return unfit;
    }
    boolean matches = stored.target().equals(request.target()) && stored.variant().matches(request);
    return matches ? null : Reason.OTHER_VARIANT;
  }

  private @Nullable Reason forcesValidation() {
    if (stored.control().isNoCache()) {
      return Reason.RESPONSE_NO_CACHE;
    }
    if (asked.isNoCache()) {
      return Reason.REQUEST_NO_CACHE;
    }
    OptionalLong maxAge = asked.secondsOf(Directive.MAX_AGE);
    if (maxAge.isPresent() && age.compareTo(Duration.ofSeconds(maxAge.getAsLong())) > 0) {
      return Reason.REQUEST_MAX_AGE;
    }
    OptionalLong minFresh = asked.secondsOf(Directive.MIN_FRESH);
    boolean tooShort =
        minFresh.isPresent() && remaining.compareTo(Duration.ofSeconds(minFresh.getAsLong())) < 0;
    return tooShort ? Reason.REQUEST_MIN_FRESH : null;
  }

  private boolean staleForbidden() {
    CacheControl control = stored.control();
    return control.has(Directive.MUST_REVALIDATE)
        || control.has(Directive.PROXY_REVALIDATE)
        || (control.has(Directive.S_MAXAGE) && !options.staleDespiteSharedMaxAge());
  }

  private boolean within(OptionalLong allowedSeconds) {
    return allowedSeconds.isPresent()
        && staleness.compareTo(Duration.ofSeconds(allowedSeconds.getAsLong())) <= 0;
  }

  private Reuse revalidate(Reason reason) {
    Headers conditions = conditions();
    return conditions.fields().isEmpty()
        ? new Reuse.Miss(reason)
        : new Reuse.Revalidate(reason, conditions);
  }

  /**
   * Both validators if there are both: an origin that knows entity tags ignores the date (section
   * 4.3.1).
   */
  private Headers conditions() {
    List<Headers.Field> fields = new ArrayList<>(2);
    stored.entityTag().ifPresent(t -> fields.add(new Headers.Field("If-None-Match", t.toString())));
    if (stored.lastModified().isPresent()) {
      String text = stored.head().headers().first("Last-Modified").orElseThrow();
      fields.add(new Headers.Field("If-Modified-Since", text));
    }
    return new Headers(fields);
  }
}
