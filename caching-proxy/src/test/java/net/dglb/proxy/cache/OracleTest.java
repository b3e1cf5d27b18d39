package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.junit.jupiter.api.Test;

/**
 * Asks the shared cache of Apache HttpClient 5.6 the same random questions: two requests, and what
 * the second one leads to.
 *
 * <p>Left out is where that cache differs from RFC 9111: it takes the last of repeated directives
 * (section 4.2.1: the first, or stale), serves stale under max-stale despite s-maxage (5.2.2.10),
 * does not know max-stale without a number and never serves max-age=0 under max-stale (5.2.1.2),
 * validates under max-stale=0 and min-fresh=0, and guesses no lifetime for 404; and where both may
 * choose: a request with no-store, and a response without lifetime and validator.
 *
 * <p>It reads the real clock; ages and lifetimes lie 2 seconds apart or more, so that a moment
 * between the two caches makes no difference.
 */
class OracleTest {
  private static final int CASES = 3000;
  private static final List<String> LIFETIMES = List.of("max-age=%d", "s-maxage=%d");
  private static final List<String> FLAGS =
      List.of("public", "private", "no-store", "no-cache", "must-revalidate", "proxy-revalidate");
  private static final List<String> ASKED =
      List.of("max-age=%d", "max-stale=%d", "min-fresh=%d", "no-cache", "only-if-cached");
  private static final int[] STATUSES = {200, 200, 200, 203, 206, 302, 410, 500};

  private final Random random = new Random(563);

  @Test
  void agreesWithAnotherSharedCache() throws IOException {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (int i = 0; i < CASES; i++) {
      Instant now = Instant.now();
      RequestHead first = oneIn(4) ? get("Authorization", "Basic eA==") : get();
      ResponseHead response = response(now);
      RequestHead second = second(response);
      Outcome theirs;
      try (OtherCache other = new OtherCache()) {
        other.ask(first, response);
        theirs = other.ask(second, ok("Date", HttpDate.format(now)));
      }
      assertThat(Outcome.ours(first, response, second, now))
          .as("case %d: %s, then %s, then %s", i, first, response, second)
          .isEqualTo(theirs);
      counts.merge(theirs, 1, Integer::sum);
    }
    assertThat(counts).as("every outcome occurs").containsOnlyKeys(Outcome.values());
    assertThat(counts.get(Outcome.REUSED)).isGreaterThan(CASES / 10);
  }

  private ResponseHead response(Instant now) {
    List<String> directives = new ArrayList<>();
    for (String lifetime : LIFETIMES) {
      if (oneIn(3)) {
        directives.add(lifetime.formatted(random.nextInt(6) * 10));
      }
    }
    for (String flag : FLAGS) {
      if (oneIn(8)) {
        directives.add(flag);
      }
    }
    Collections.shuffle(directives, random);
    List<String> headers = new ArrayList<>(List.of("Date", HttpDate.format(now.minusSeconds(5))));
    addIf(1, headers, "Cache-Control", String.join(", ", directives));
    addIf(3, headers, "Age", Integer.toString(random.nextInt(6) * 10 + 5));
    addIf(4, headers, "Expires", HttpDate.format(now.plusSeconds(random.nextInt(6) * 10 - 23)));
    long modified = 5L + random.nextInt(6) * 100L;
    addIf(3, headers, "Last-Modified", HttpDate.format(now.minusSeconds(modified)));
    addIf(2, headers, "ETag", "\"a\"");
    addIf(4, headers, "Vary", oneIn(4) ? "*" : "Accept-Language");
    int status = STATUSES[random.nextInt(STATUSES.length)];
    return new ResponseHead(status, Headers.of(headers.toArray(String[]::new)));
  }

  private RequestHead second(ResponseHead response) {
    List<String> headers = new ArrayList<>();
    addIf(3, headers, "Accept-Language", "de");
    String directive = ASKED.get(random.nextInt(ASKED.size())).formatted(random.nextInt(1, 6) * 10);
    String control = response.headers().first("Cache-Control").orElse("");
    boolean comparable =
        !directive.startsWith("max-stale")
            || (control.contains("max-age=")
                && !control.contains("max-age=0")
                && !control.contains("s-maxage="));
    if (comparable) {
      addIf(2, headers, "Cache-Control", directive);
    }
    return get(headers.toArray(String[]::new));
  }

  private void addIf(int n, List<String> headers, String name, String value) {
    if (oneIn(n)) {
      headers.addAll(List.of(name, value));
    }
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
