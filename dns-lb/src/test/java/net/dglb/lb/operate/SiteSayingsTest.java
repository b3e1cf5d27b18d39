package net.dglb.lb.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.decision.AdminState;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteSayingsTest {

  private static final DomainName WWW = DomainName.of("www.lb.foobar.example");
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Map<String, byte[]> disk = new HashMap<>();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private Instant now = NOW;
  private SiteSayings sayings = opened();

  private SiteSayings opened() {
    return new SiteSayings(
        disk,
        commits::incrementAndGet,
        () -> {
          now = now.plusSeconds(1);
          return now;
        },
        changes::incrementAndGet);
  }

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
    assertThatThrownBy(() -> sayings.say(pattern, "down", "ann", "fire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected service/site or site");
  }

  @Test
  void comesToAnEndWithManyStars() {
    String stars = "*a".repeat(100) + "b";
    assertThat(SitePattern.parse(stars).matches(WWW, "a".repeat(63))).isFalse();
  }

  @Test
  void countsWhatWasSaidLastOfThoseThatMatch() {
    assertThat(sayings.of(WWW, "tokyo")).isEmpty();
    sayings.say("*/*", "down", "ann", "fire");
    sayings.say("tokyo", "drain", "bob", "works");
    assertThat(sayings.of(WWW, "tokyo")).contains(AdminState.DRAIN);
    assertThat(sayings.of(WWW, "osaka")).contains(AdminState.DOWN);
    sayings.say("*/*", "up", "ann", "false alarm");
    assertThat(sayings.of(WWW, "tokyo")).contains(AdminState.UP);
    assertThat(changes).hasValue(3);
  }

  @Test
  void isTakenBackByTheSamePattern() {
    sayings.say("tokyo", "down", "ann", "fire");
    assertThat(sayings.takeBack("osaka", "ann", "over")).isFalse();
    assertThat(sayings.takeBack("*/tokyo", "ann", "over")).isTrue();
    assertThat(sayings.of(WWW, "tokyo")).isEmpty();
    assertThat(disk).isEmpty();
  }

  @Test
  void isOnDiskBeforeItCountsAndKeptInItsOrderOverARestart() {
    sayings.say("z*", "down", "ann", "fire");
    sayings.say("a*", "drain", "bob", "works");
    sayings.say("*o*", "up", "eve", "test");
    assertThat(commits).hasValue(3);
    SiteSayings next = opened();
    assertThat(next.all()).isEqualTo(sayings.all());
    assertThat(next.all())
        .extracting(it -> it.pattern().toString())
        .containsExactly("*/z*", "*/a*", "*/*o*");
    assertThat(next.of(WWW, "zoo")).contains(AdminState.UP);
  }

  @Test
  void startsWithoutWhatItCannotRead() {
    sayings.say("tokyo", "down", "ann", "fire");
    disk.put("broken", new byte[] {1, 2, 3});
    disk.put("strange", new byte[] {});
    assertThat(opened().all()).hasSize(1);
  }

  @Test
  void wantsToKnowWhoAndWhy() {
    assertThatThrownBy(() -> sayings.say("tokyo", "down", "ann", " "))
        .hasMessage("why: \" \" (expected one line of 1 to 500 characters)");
    assertThatThrownBy(() -> sayings.say("tokyo", "down", "a\nb", "fire"))
        .hasMessageContaining("who: ");
    assertThatThrownBy(() -> sayings.say("tokyo", "gone", "ann", "fire"))
        .hasMessage("state: \"gone\" (expected up, down, drain or probed)");
    assertThat(sayings.all()).isEmpty();
  }
}
