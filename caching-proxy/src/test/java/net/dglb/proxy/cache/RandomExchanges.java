package net.dglb.proxy.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;

/** Requests and responses made of the pieces that caches decide by, some of them malformed. */
final class RandomExchanges {
  private static final List<String> RESPONSE_DIRECTIVES =
      List.of(
          "max-age=",
          "max-age=",
          "max-age=",
          "s-maxage=",
          "stale-while-revalidate=",
          "stale-if-error=",
          "public",
          "private",
          "private=\"x-a\"",
          "no-store",
          "no-cache",
          "no-cache=\"x-a\"",
          "must-revalidate",
          "proxy-revalidate",
          "must-understand",
          "max-age=x",
          "unknown=\"a, b\"");
  private static final List<String> REQUEST_DIRECTIVES =
      List.of(
          "max-age=",
          "max-stale=",
          "max-stale",
          "min-fresh=",
          "no-cache",
          "no-store",
          "only-if-cached",
          "stale-if-error=",
          "max-age=x");
  private static final int[] STATUSES = {200, 200, 200, 200, 203, 206, 302, 304, 404, 500, 599};

  private final Random random;

  RandomExchanges(Random random) {
    this.random = random;
  }

  long seconds() {
    return random.nextInt(120);
  }

  RequestHead request() {
    List<String> headers = new ArrayList<>();
    if (oneIn(3)) {
      headers.addAll(List.of("Cache-Control", directives(REQUEST_DIRECTIVES, 2)));
    }
    if (oneIn(10)) {
      headers.addAll(List.of("Authorization", "Basic eA=="));
    }
    if (oneIn(2)) {
      headers.addAll(List.of("Accept-Language", oneIn(2) ? "en" : "de"));
    }
    return new RequestHead(
        oneIn(20) ? "POST" : "GET", Exchange.TARGET, Headers.of(headers.toArray(String[]::new)));
  }

  ResponseHead response() {
    List<String> headers = new ArrayList<>();
    for (String field : List.of("Cache-Control", "CDN-Cache-Control", "DGLB-Cache-Control")) {
      if (oneIn(field.equals("Cache-Control") ? 1 : 8)) {
        headers.addAll(List.of(field, directives(RESPONSE_DIRECTIVES, 3)));
      }
    }
    addDate(headers, "Date", 100);
    addDate(headers, "Expires", 200);
    addDate(headers, "Last-Modified", 2000);
    if (oneIn(3)) {
      headers.addAll(List.of("Age", Long.toString(seconds())));
    }
    if (oneIn(3)) {
      headers.addAll(List.of("ETag", "\"" + random.nextInt(3) + "\""));
    }
    if (oneIn(5)) {
      headers.addAll(List.of("Vary", oneIn(5) ? "*" : "Accept-Language"));
    }
    if (oneIn(10)) {
      headers.addAll(List.of("Set-Cookie", "a=b"));
    }
    headers.addAll(List.of("X-A", "1"));
    int status = STATUSES[random.nextInt(STATUSES.length)];
    return new ResponseHead(status, Headers.of(headers.toArray(String[]::new)));
  }

  private void addDate(List<String> headers, String name, int range) {
    if (oneIn(3)) {
      String date = Exchange.date(random.nextInt(range) - range / 2);
      headers.addAll(List.of(name, oneIn(20) ? "0" : date));
    }
  }

  private String directives(List<String> from, int most) {
    StringJoiner joined = new StringJoiner(", ");
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      String directive = from.get(random.nextInt(from.size()));
      joined.add(directive.endsWith("=") ? directive + seconds() : directive);
    }
    return joined.toString();
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
