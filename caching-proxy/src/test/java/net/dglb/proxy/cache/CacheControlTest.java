package net.dglb.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import net.dglb.proxy.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheControlTest {
  private static CacheControl read(String... lines) {
    return CacheControl.ofRequest(
        new Headers(
            Arrays.stream(lines).map(line -> new Headers.Field("Cache-Control", line)).toList()));
  }

  @Test
  void readsDirectivesInAnyCaseOverSeveralLines() {
    CacheControl control = read("Max-Age=60 ,, PUBLIC,", "no-Store , unknown=\"a,b\", s-maxage=5");
    assertThat(control.directives())
        .containsExactlyInAnyOrder(
            Directive.MAX_AGE, Directive.PUBLIC, Directive.NO_STORE, Directive.S_MAXAGE);
    assertThat(control.secondsOf(Directive.MAX_AGE)).hasValue(60);
    assertThat(control.secondsOf(Directive.S_MAXAGE)).hasValue(5);
    assertThat(control.targeted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "max-age=0; 0",
        "max-age=\"60\"; 60",
        "max-age=\"6\\0\"; 60",
        "max-age=007; 7",
        "max-age=2147483648; 2147483647",
        "max-age=99999999999999999999999; 2147483647",
        "max-age=60, max-age=30; 30",
        "max-age=30, max-age=60; 30"
      })
  void readsSecondsInBothForms(String field, long expected) {
    assertThat(read(field).secondsOf(Directive.MAX_AGE)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age",
        "max-age=",
        "max-age=-1",
        "max-age=1.5",
        "max-age=60s",
        "max-age = 60",
        "max-age= 60",
        "max-age=\"60",
        "max-age=60 60",
        "max-age='60'",
        "max-age=60, max-age=x"
      })
  void takesAMalformedLifetimeForZero(String field) {
    assertThat(read(field).secondsOf(Directive.MAX_AGE)).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stale-if-error",
        "stale-if-error=x",
        "min-fresh=-1",
        "max-stale=x",
        "'max-age=5'"
      })
  void doesNotTakeAMalformedAllowanceForOne(String field) {
    assertThat(read(field).directives()).isEmpty();
  }

  @Test
  void takesTheNarrowestOfRepeatedArguments() {
    CacheControl control = read("max-stale=9, max-stale=3, min-fresh=3, min-fresh=9");
    assertThat(control.secondsOf(Directive.MAX_STALE)).hasValue(3);
    assertThat(control.secondsOf(Directive.MIN_FRESH)).hasValue(9);
    assertThat(read("max-stale").secondsOf(Directive.MAX_STALE))
        .isEqualTo(OptionalLong.of(CacheControl.MAX_SECONDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-store=x",
        "no-store=\"\"",
        "no-store x",
        "foo=\"bar, no-store",
        "a b, no-store",
        "\"x\", no-store",
        "@;, no-store",
        "no-store=",
        "x=\"y\"z, no-store"
      })
  void countsARestrictionWhateverIsWrongAroundIt(String field) {
    assertThat(read(field).has(Directive.NO_STORE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public=x", "public x", "public=", "'public'", "publics"})
  void doesNotCountAPermissionThatIsMalformed(String field) {
    assertThat(read(field).directives()).isEmpty();
  }

  @Test
  void ignoresDirectivesInsideQuotations() {
    assertThat(read("foo=\"max-age=60, no-store\\\", private\", public").directives())
        .containsExactly(Directive.PUBLIC);
  }

  @Test
  void keepsTheFieldsThatPrivateAndNoCacheName() {
    CacheControl control = read("private=\"X-A, x-b\", no-cache=X-C, private=\"x-d\"");
    assertThat(control.privateFields()).containsExactlyInAnyOrder("x-a", "x-b", "x-d");
    assertThat(control.noCacheFields()).containsExactly("x-c");
    assertThat(control.isPrivate()).isFalse();
    assertThat(control.isNoCache()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private",
        "private=",
        "private=\"\"",
        "private=\"a b\"",
        "private=\"x-a",
        "private, private=\"x-a\"",
        "private=\"x-a\", private"
      })
  void takesPrivateForTheWholeResponseUnlessItNamesFieldsAlone(String field) {
    assertThat(read(field).isPrivate()).isTrue();
  }

  @Test
  void takesAFieldBeyondItsLimitForNoStore() {
    String longField = "public, x=" + "y".repeat(CacheControl.MAX_LENGTH);
    assertThat(read(longField).directives()).containsExactly(Directive.NO_STORE);
  }

  @Test
  void readsWhatIsWrittenBackAndAnyRubbishWithoutFailing() {
    Random random = new Random(9111);
    String alphabet = "max-ge=no store,\"\\ 0123456789;'private";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      CacheControl control = read(text.toString());
      assertThat(read(written(control))).as("%s", text).isEqualTo(control);
    }
  }

  private static String written(CacheControl control) {
    StringBuilder text = new StringBuilder();
    for (Directive directive : control.directives()) {
      text.append(directive.text());
      control.secondsOf(directive).ifPresent(s -> text.append('=').append(s));
      if (directive == Directive.PRIVATE && !control.isPrivate()) {
        text.append("=\"").append(String.join(",", control.privateFields())).append('"');
      }
      if (directive == Directive.NO_CACHE && !control.isNoCache()) {
        text.append("=\"").append(String.join(",", control.noCacheFields())).append('"');
      }
      text.append(", ");
    }
    return text.toString();
  }
}
