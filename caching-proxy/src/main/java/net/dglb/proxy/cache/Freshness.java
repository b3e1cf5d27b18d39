package net.dglb.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.ResponseHead;
import net.dglb.proxy.http.Syntax;

/**
 * How long a response is fresh, and how old it was when it came (RFC 9111, section 4.2).
 *
 * @param lifetime for how long it is fresh, counted from its making at the origin; zero if never
 * @param source what the lifetime was taken from
 * @param initialAge its age when it was received
 * @param responseTime when it was received
 */
public record Freshness(
    Duration lifetime, Source source, Duration initialAge, Instant responseTime) {

  /** What a lifetime was taken from. */
  public enum Source {
    /** The directive s-maxage. */
    S_MAXAGE,
    /** The directive max-age. */
    MAX_AGE,
    /** The field Expires. */
    EXPIRES,
    /** A part of the time since Last-Modified. */
    HEURISTIC,
    /** Nothing: never fresh. */
    NONE
  }

  /**
   * Computes lifetime and initial age.
   *
   * @param control the directives that count for this response
   * @param requestTime when the request was sent
   * @param responseTime when the response was received, by the same clock
   */
  public static Freshness of(
      ResponseHead response,
      CacheControl control,
      Instant requestTime,
      Instant responseTime,
      CacheOptions options) {
    Headers headers = response.headers();
    Instant date = date(headers, "Date", responseTime).orElse(responseTime);
    Duration initialAge = initialAge(headers, date, requestTime, responseTime);
    OptionalLong sharedMaxAge = control.secondsOf(Directive.S_MAXAGE);
    OptionalLong maxAge = control.secondsOf(Directive.MAX_AGE);
    if (sharedMaxAge.isPresent()) {
      Duration lifetime = Duration.ofSeconds(sharedMaxAge.getAsLong());
      return new Freshness(lifetime, Source.S_MAXAGE, initialAge, responseTime);
    }
    if (maxAge.isPresent()) {
      Duration lifetime = Duration.ofSeconds(maxAge.getAsLong());
      return new Freshness(lifetime, Source.MAX_AGE, initialAge, responseTime);
    }
    if (!control.targeted() && headers.has("Expires")) {
      // A date that is none, above all "0", is in the past (section 5.3).
      Instant expires = date(headers, "Expires", responseTime).orElse(date);
      return new Freshness(between(date, expires), Source.EXPIRES, initialAge, responseTime);
    }
    Optional<Instant> modified = date(headers, "Last-Modified", responseTime);
    if (modified.isEmpty() || !allowsHeuristic(response, control)) {
      return new Freshness(Duration.ZERO, Source.NONE, initialAge, responseTime);
    }
    Duration lifetime = heuristic(between(modified.get(), date), options);
    return new Freshness(lifetime, Source.HEURISTIC, initialAge, responseTime);
  }

  /** The age at a time: never less than the initial age (section 4.2.3). */
  public Duration age(Instant now) {
    return initialAge.plus(between(responseTime, now));
  }

  /** Whether the lifetime exceeds the age. */
  public boolean isFresh(Instant now) {
    return lifetime.compareTo(age(now)) > 0;
  }

  /** For how long it has been stale; zero while it is fresh. */
  public Duration staleness(Instant now) {
    return notNegative(age(now).minus(lifetime));
  }

  /** For how long it will be fresh; zero when it is stale. */
  public Duration remaining(Instant now) {
    return notNegative(lifetime.minus(age(now)));
  }

  private static boolean allowsHeuristic(ResponseHead response, CacheControl control) {
    return Statuses.isHeuristicallyCacheable(response.status()) || control.has(Directive.PUBLIC);
  }

  private static Duration heuristic(Duration sinceModified, CacheOptions options) {
    Duration part =
        Duration.ofMillis((long) (sinceModified.toMillis() * options.heuristicFraction()));
    return part.compareTo(options.heuristicLimit()) > 0 ? options.heuristicLimit() : part;
  }

  private static Duration initialAge(
      Headers headers, Instant date, Instant requestTime, Instant responseTime) {
    Duration apparentAge = between(date, responseTime);
    Duration correctedAge = ageField(headers).plus(between(requestTime, responseTime));
    return apparentAge.compareTo(correctedAge) > 0 ? apparentAge : correctedAge;
  }

  /** Of a list the first member counts; what is not a number is ignored (section 5.1). */
  private static Duration ageField(Headers headers) {
    String first = headers.first("Age").orElse("").split(",", 2)[0].strip();
    boolean valid = Syntax.isDigits(first);
    return Duration.ofSeconds(valid ? Syntax.number(first, CacheControl.MAX_SECONDS) : 0);
  }

  private static Optional<Instant> date(Headers headers, String name, Instant now) {
    return headers.first(name).flatMap(text -> HttpDate.parse(text, now));
  }

  private static Duration between(Instant from, Instant to) {
    return notNegative(Duration.between(from, to));
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
