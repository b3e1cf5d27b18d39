package net.dglb.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.dglb.proxy.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9213. */
class TargetedCacheControlTest {
  private static final List<String> TARGETS = Exchange.DEFAULTS.targetedFields();

  private static CacheControl cdn(String field) {
    return CacheControl.ofResponse(
        Headers.of("CDN-Cache-Control", field, "Cache-Control", "max-age=1"), TARGETS);
  }

  @Test
  void prefersTheMostSpecificField() {
    Headers headers =
        Headers.of(
            "Cache-Control", "no-store",
            "CDN-Cache-Control", "max-age=20",
            "DGLB-Cache-Control", "max-age=30");
    CacheControl control = CacheControl.ofResponse(headers, TARGETS);
    assertThat(control.secondsOf(Directive.MAX_AGE)).hasValue(30);
    assertThat(control.directives()).containsExactly(Directive.MAX_AGE);
    assertThat(control.targeted()).isTrue();
    assertThat(CacheControl.ofResponse(headers, List.of()).has(Directive.NO_STORE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=60",
        "max-age=60;x=1;y",
        "max-age=1, max-age=60",
        "a, b=?1, max-age=60 ,\tc=(1 \"x\";y tok), d=:YQ==:, e=@5, f=%\"%c3%bc\", g=1.5",
        "no-store=?0, max-age=60"
      })
  void readsADictionary(String field) {
    CacheControl control = cdn(field);
    assertThat(control.targeted()).isTrue();
    assertThat(control.directives()).containsExactly(Directive.MAX_AGE);
    assertThat(control.secondsOf(Directive.MAX_AGE)).hasValue(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "max-age=60,",
        "max-age=60,,no-store",
        "max-age=60 no-store",
        "Max-Age=60",
        "max-age=",
        "max-age= 60",
        "max-age=60.",
        "max-age=1234567890123456",
        "x=\"unended",
        "x=\"bad\\escape\"",
        "x=(1 2",
        "x=(1,2)",
        "x=?2",
        "x=:*:",
        "x=:a:",
        "x=%\"%zz\"",
        "x=@a",
        "x;Y",
        "&"
      })
  void fallsBackToCacheControlIfTheFieldIsEmptyOrNoDictionary(String field) {
    CacheControl control = cdn(field);
    assertThat(control.targeted()).isFalse();
    assertThat(control.secondsOf(Directive.MAX_AGE)).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=\"60\"", "max-age=-5", "max-age=1.5", "max-age", "max-age=(60)"})
  void doesNotTakeOtherTypesForSeconds(String field) {
    assertThat(cdn(field).targeted()).isTrue();
    assertThat(cdn(field).secondsOf(Directive.MAX_AGE)).hasValue(0);
  }

  @Test
  void readsFieldNamesFromAString() {
    assertThat(cdn("private=\"x-a, x-b\"").privateFields()).containsExactlyInAnyOrder("x-a", "x-b");
    assertThat(cdn("private=x-a").isPrivate()).as("a token is no string").isTrue();
    assertThat(cdn("private").isPrivate()).isTrue();
  }

  @Test
  void overrulesExpiresAlso() {
    String[] headers = {
      "CDN-Cache-Control", "must-revalidate", "Expires", Exchange.date(100), "ETag", "\"a\""
    };
    assertThat(Exchange.stored(headers).freshness().lifetime()).isEqualTo(Duration.ZERO);
  }

  @Test
  void mayStoreWhatOthersMayNot() {
    StoredResponse stored =
        Exchange.stored("Cache-Control", "private, no-store", "CDN-Cache-Control", "max-age=9");
    assertThat(stored.freshness().lifetime()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void takesAFieldBeyondItsLimitForNoStore() {
    assertThat(cdn("x=\"" + "\\\\".repeat(CacheControl.MAX_LENGTH / 2) + "\"").directives())
        .containsExactly(Directive.NO_STORE);
  }

  @Test
  void readsAnyRubbishWithoutFailing() {
    Random random = new Random(9213);
    String alphabet = "max-age=60,;()\"\\ ?1:@%.no-store*";
    int dictionaries = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      dictionaries += cdn(text.toString()).targeted() ? 1 : 0;
    }
    assertThat(dictionaries).as("some of it is a dictionary, most is not").isBetween(500, 15_000);
  }
}
