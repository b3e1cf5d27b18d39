package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;

import java.time.Instant;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;

/** What becomes of a request to a cache. */
enum Outcome {
  /** Answered without the origin. */
  REUSED,
  /** The origin was asked, on conditions or not. */
  ASKED,
  /** Answered 504 without the origin. */
  REFUSED;

  /** What our decisions make of a second request after a first one was answered so. */
  static Outcome ours(RequestHead first, ResponseHead response, RequestHead second, Instant now) {
    if (!(Storability.decide(first, response, DEFAULTS) instanceof Storability.Store store)) {
      return of(Reuse.withoutStored(second));
    }
    StoredResponse stored = StoredResponse.of(store, first, response, now, now, DEFAULTS);
    return of(Reuse.of(stored, second, now, DEFAULTS));
  }

  private static Outcome of(Reuse reuse) {
    return switch (reuse) {
      case Reuse.Fresh fresh -> REUSED;
      case Reuse.StaleAccepted accepted -> REUSED;
      case Reuse.StaleWhileRevalidate meanwhile -> REUSED;
      case Reuse.Revalidate validation -> ASKED;
      case Reuse.Miss miss -> ASKED;
      case Reuse.GatewayTimeout timeout -> REFUSED;
      case Reuse.StaleIfError error -> throw new AssertionError(error);
      case Reuse.PassFailure failure -> throw new AssertionError(failure);
    };
  }
}
