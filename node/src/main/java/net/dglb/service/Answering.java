package net.dglb.service;

import java.util.Optional;

/**
 * What an answer holds.
 *
 * @param count how many addresses of each family, best first, 1 to {@link #MAX_COUNT}; resolvers
 *     rotate more than one, so that their order is lost there
 * @param rotate whether they are rotated query by query, for resolvers that keep the order
 * @param https what HTTPS records say; without it there are none
 */
public record Answering(int count, boolean rotate, Optional<HttpsBinding> https) {

  /** The most addresses. */
  public static final int MAX_COUNT = 16;

  /** The best alone. */
  public static final Answering DEFAULT = new Answering(1, false, Optional.empty());

  /** Answers without HTTPS records. */
  public Answering(int count, boolean rotate) {
    this(count, rotate, Optional.empty());
  }

  /** Checks the range. */
  public Answering {
    Limits.range("count", count, 1, MAX_COUNT);
    if (rotate && count == 1) {
      throw new IllegalArgumentException(
          "rotate: there is one address to an answer (expected count above 1)");
    }
  }
}
