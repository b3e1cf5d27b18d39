package net.dglb.proxy.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import net.dglb.proxy.http.TargetUri;

/**
 * A target whose stored responses are out of date because an unsafe request succeeded (RFC 9111,
 * section 4.4).
 *
 * @param target all of its variants
 * @param reason where it was named
 */
public record Invalidation(TargetUri target, Reason reason) {
  /** A method that is not known to be safe counts as unsafe. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Where the target was named. */
  public enum Reason {
    /** The request was about it. */
    TARGET_URI,
    /** The response's Location, of the same origin. */
    LOCATION,
    /** The response's Content-Location, of the same origin. */
    CONTENT_LOCATION
  }

  /** What a response makes invalid: nothing if the method is safe or the response is an error. */
  public static List<Invalidation> of(RequestHead request, ResponseHead response) {
    boolean success = response.status() >= 200 && response.status() < 400;
    if (!success || SAFE.contains(request.method())) {
      return List.of();
    }
    List<Invalidation> found = new ArrayList<>();
    found.add(new Invalidation(request.target(), Reason.TARGET_URI));
    addNamed("Location", Reason.LOCATION, request, response, found);
    addNamed("Content-Location", Reason.CONTENT_LOCATION, request, response, found);
    return List.copyOf(found);
  }

  private static void addNamed(
      String field,
      Reason reason,
      RequestHead request,
      ResponseHead response,
      List<Invalidation> found) {
    response
        .headers()
        .first(field)
        .flatMap(request.target()::resolve)
        .filter(request.target()::sameOrigin)
        .filter(named -> found.stream().noneMatch(f -> f.target.equals(named)))
        .ifPresent(named -> found.add(new Invalidation(named, reason)));
  }
}
