package net.dglb.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases by which caches were compared before this one was written (decision 0005): a first
 * request, its response, a second request. Where the other cache can be asked as well, it must say
 * the same.
 */
class TrialTableTest {
  /**
   * Fields are separated by semicolons; a number with a sign after an equals sign is a date from
   * now.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age without public | | Cache-Control: max-age=60                       | | REUSED |"
            + " both",
        "s-maxage only          | | Cache-Control: s-maxage=60                      | | REUSED |"
            + " both",
        "s-maxage=0 beats max-age | | Cache-Control: s-maxage=0, max-age=60; ETag: \"a\" | | ASKED"
            + " | both",
        "private                | | Cache-Control: private, max-age=60              | | ASKED  |"
            + " both",
        "Vary, another language | Accept-Language: en | Cache-Control: max-age=60; Vary:"
            + " Accept-Language | Accept-Language: de | ASKED | both",
        "Vary, the same language | Accept-Language: en | Cache-Control: max-age=60; Vary:"
            + " Accept-Language | Accept-Language: en | REUSED | both",
        "Vary: *                | | Cache-Control: max-age=60; Vary: *              | | ASKED  |"
            + " both",
        "Authorization          | Authorization: Basic eA== | Cache-Control: max-age=60 |"
            + " Authorization: Basic eQ== | ASKED | both",
        "Authorization, public  | Authorization: Basic eA== | Cache-Control: public, max-age=60 |"
            + " Authorization: Basic eQ== | REUSED | both",
        "public, no-store       | | Cache-Control: public, no-store                 | | ASKED  |"
            + " both",
        "request no-cache       | | Cache-Control: max-age=60; ETag: \"a\"          |"
            + " Cache-Control: no-cache | ASKED | both",
        "Expires only           | | Expires: =+60                                   | | REUSED |"
            + " both",
        "stale, to be validated | | Cache-Control: max-age=60; Age: 99; ETag: \"a\" | | ASKED  |"
            + " both",
        "stale-while-revalidate | | Cache-Control: max-age=60, stale-while-revalidate=90; Age: 99 |"
            + " | REUSED | ours",
        "targeted to be stored  | | Cache-Control: no-store; CDN-Cache-Control: max-age=60 | |"
            + " REUSED | ours",
        "targeted not to be     | | Cache-Control: max-age=60; CDN-Cache-Control: no-store | |"
            + " ASKED | ours"
      })
  void decidesRightly(
      String name,
      @Nullable String first,
      String response,
      @Nullable String second,
      Outcome expected,
      String who)
      throws IOException {
    Instant now = Instant.now();
    RequestHead firstRequest = new RequestHead("GET", Exchange.TARGET, headers(first, now));
    RequestHead secondRequest = new RequestHead("GET", Exchange.TARGET, headers(second, now));
    Headers withDate = headers(response, now).with("Date", HttpDate.format(now));
    ResponseHead head = new ResponseHead(200, withDate);
    assertThat(Outcome.ours(firstRequest, head, secondRequest, now)).as(name).isEqualTo(expected);
    if (who.equals("both")) {
      try (OtherCache other = new OtherCache()) {
        other.ask(firstRequest, head);
        assertThat(other.ask(secondRequest, head)).as(name + ", the other").isEqualTo(expected);
      }
    }
  }

  private static Headers headers(@Nullable String text, Instant now) {
    List<Headers.Field> fields = new ArrayList<>();
    for (String line : text == null ? new String[0] : text.split(";", -1)) {
      String[] parts = line.strip().split(": ", 2);
      boolean date = parts[1].startsWith("=+");
      String value =
          date ? HttpDate.format(now.plusSeconds(Long.parseLong(parts[1].substring(2)))) : parts[1];
      fields.add(new Headers.Field(parts[0], value));
    }
    return new Headers(fields);
  }
}
