package net.dglb.decision.said;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitePatternTest {

  @ParameterizedTest(name = "{0} matches {1}/{2}: {3}")
  @CsvSource({
    "www.lb.foobar.example/tokyo, www.lb.foobar.example, tokyo, true",
    "www.lb.foobar.example/tokyo, www.lb.foobar.example, osaka, false",
    "www.lb.foobar.example/tokyo, api.lb.foobar.example, tokyo, false",
    "tokyo, api.lb.foobar.example, tokyo, true",
    "*/dc-??, www.lb.foobar.example, dc-jp, true",
    "*/dc-??, www.lb.foobar.example, dc-jpn, false",
    "*.foobar.example/*, www.lb.foobar.example, tokyo, true",
    "*.foobar.example/*, www.lb.other.example, tokyo, false",
    "WWW.LB.Foobar.example/Tokyo, www.lb.foobar.example, tokyo, true",
    "*a*b*, x.example, xxaxxbxx, true",
    "*a*b*, x.example, xxbxxaxx, false",
    "dc, x.example, dc-jp, false",
  })
  void matchesServicesAndSites(String pattern, String service, String site, boolean matches) {
    assertThat(SitePattern.parse(pattern).matches(DomainName.of(service), site)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/b/c", "a b", "tokyo/", "ä", "a\nb"})
  void refusesOtherPatterns(String pattern) {
    assertThatThrownBy(() -> SitePattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected service/site or site");
  }

  @Test
  void comesToAnEndWithManyStars() {
    String stars = "*a".repeat(100) + "b";
    assertThat(
            SitePattern.parse(stars)
                .matches(DomainName.of("www.lb.foobar.example"), "a".repeat(63)))
        .isFalse();
  }
}
