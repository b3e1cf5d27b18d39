package net.dglb.proxy.cache;

import java.util.Collections;
import java.util.Set;
import net.dglb.proxy.cache.Storability.Reason;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** What speaks against storing a response, in the order in which it is explained. */
final class StorageObjections {
  private StorageObjections() {}

  static @Nullable Reason first(
      RequestHead request, ResponseHead response, CacheControl control, CacheOptions options) {
    Reason about = aboutRequestAndStatus(request, response, control);
    if (about != null) {
      return about;
    }
    if (control.has(Directive.NO_STORE) && !control.has(Directive.MUST_UNDERSTAND)) {
      return Reason.RESPONSE_NO_STORE;
    }
    if (control.isPrivate()) {
      return Reason.PRIVATE;
    }
    if (request.headers().has("Authorization") && !allowsAuthorized(control)) {
      return Reason.AUTHORIZATION;
    }
    if (!VariantKey.isPossible(response.headers())) {
      return Reason.VARY;
    }
    if (namesAnyOf(control, StoredResponse.DECISIVE)) {
      return Reason.DECISIVE_FIELD;
    }
    boolean cookieStays =
        response.headers().has("Set-Cookie") && !namesAnyOf(control, Set.of("set-cookie"));
    boolean refusesCookies = options.setCookie() == CacheOptions.SetCookie.REFUSE;
    return refusesCookies && cookieStays ? Reason.SET_COOKIE : null;
  }

  private static @Nullable Reason aboutRequestAndStatus(
      RequestHead request, ResponseHead response, CacheControl control) {
    if (!request.method().equals("GET")) {
      return Reason.METHOD;
    }
    if (response.status() < 200) {
      return Reason.NOT_FINAL;
    }
    if (Statuses.isAboutOneRequest(response.status())) {
      return Reason.STATUS_ABOUT_ONE_REQUEST;
    }
    if (control.has(Directive.MUST_UNDERSTAND) && !Statuses.isUnderstood(response.status())) {
      return Reason.STATUS_NOT_UNDERSTOOD;
    }
    boolean refused = CacheControl.ofRequest(request.headers()).has(Directive.NO_STORE);
    return refused ? Reason.REQUEST_NO_STORE : null;
  }

  private static boolean namesAnyOf(CacheControl control, Set<String> fields) {
    return !Collections.disjoint(control.privateFields(), fields)
        || !Collections.disjoint(control.noCacheFields(), fields);
  }

  private static boolean allowsAuthorized(CacheControl control) {
    return control.has(Directive.PUBLIC)
        || control.has(Directive.MUST_REVALIDATE)
        || control.has(Directive.S_MAXAGE);
  }
}
