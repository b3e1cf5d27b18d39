package net.dglb.proxy.cache;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cache directives that decisions look at (RFC 9111, section 5.2; RFC 5861); all others are
 * ignored.
 */
public enum Directive {
  /** Do not store. */
  NO_STORE(Shape.FLAG),
  /** Do not reuse without validation; with field names: not these fields. */
  NO_CACHE(Shape.FIELDS),
  /** Not for a shared cache; with field names: not these fields. */
  PRIVATE(Shape.FIELDS),
  /** May be stored although something else speaks against it. */
  PUBLIC(Shape.PERMISSION),
  /** Never reuse when stale. */
  MUST_REVALIDATE(Shape.FLAG),
  /** Never reuse when stale, in a shared cache. */
  PROXY_REVALIDATE(Shape.FLAG),
  /** Store only with knowledge of the status; then no-store is overruled. */
  MUST_UNDERSTAND(Shape.PERMISSION),
  /** Answer from the cache or not at all. */
  ONLY_IF_CACHED(Shape.FLAG),
  /** In a response: fresh for so long; in a request: not older than this. */
  MAX_AGE(Shape.LIFETIME),
  /** Fresh for so long in a shared cache. */
  S_MAXAGE(Shape.LIFETIME),
  /** In a request: may be stale for so long, without a number for ever. */
  MAX_STALE(Shape.ALLOWANCE),
  /** In a request: must stay fresh for so long. */
  MIN_FRESH(Shape.DEMAND),
  /** May be served stale for so long while it is being validated. */
  STALE_WHILE_REVALIDATE(Shape.ALLOWANCE),
  /** May be served stale for so long when the origin fails. */
  STALE_IF_ERROR(Shape.ALLOWANCE);

  private static final Map<String, Directive> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Directive::text, Function.identity()));

  private final Shape shape;

  Directive(Shape shape) {
    this.shape = shape;
  }

  /** The directive's name as it is written in a field. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Shape shape() {
    return shape;
  }

  static Optional<Directive> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * What argument a directive takes, and which way it errs when that is malformed or said twice.
   */
  enum Shape {
    /** No argument; restricts, so that it counts even if it has one. */
    FLAG,
    /** No argument; permits, so that it does not count if it has one. */
    PERMISSION,
    /** Maybe field names; if they are malformed it counts for the whole response. */
    FIELDS,
    /** Seconds; malformed is 0, of several the smallest. */
    LIFETIME,
    /** Seconds; malformed is not there, of several the smallest. */
    ALLOWANCE,
    /** Seconds; malformed is not there, of several the largest. */
    DEMAND
  }
}
