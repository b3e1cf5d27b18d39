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

  @Test
  void countsWhatWasSaidLastOfThoseThatMatch() {
    assertThat(sayings.current().of(WWW, "tokyo")).isEmpty();
    sayings.say("*/*", "down", "ann", "fire");
    sayings.say("tokyo", "drain", "bob", "works");
    assertThat(sayings.current().of(WWW, "tokyo")).contains(AdminState.DRAIN);
    assertThat(sayings.current().of(WWW, "osaka")).contains(AdminState.DOWN);
    sayings.say("*/*", "up", "ann", "false alarm");
    assertThat(sayings.current().of(WWW, "tokyo")).contains(AdminState.UP);
    assertThat(changes).hasValue(3);
  }

  @Test
  void isTakenBackByTheSamePattern() {
    sayings.say("tokyo", "down", "ann", "fire");
    assertThat(sayings.takeBack("osaka", "ann", "over")).isFalse();
    assertThat(sayings.takeBack("*/tokyo", "ann", "over")).isTrue();
    assertThat(sayings.current().of(WWW, "tokyo")).isEmpty();
    assertThat(disk).isEmpty();
  }

  @Test
  void isOnDiskBeforeItCountsAndKeptInItsOrderOverARestart() {
    sayings.say("z*", "down", "ann", "fire");
    sayings.say("a*", "drain", "bob", "works");
    sayings.say("*o*", "up", "eve", "test");
    assertThat(commits).hasValue(3);
    SiteSayings next = opened();
    assertThat(next.current().all()).isEqualTo(sayings.current().all());
    assertThat(next.current().all())
        .extracting(it -> it.pattern().toString())
        .containsExactly("*/z*", "*/a*", "*/*o*");
    assertThat(next.current().of(WWW, "zoo")).contains(AdminState.UP);
  }

  @Test
  void startsWithoutWhatItCannotRead() {
    sayings.say("tokyo", "down", "ann", "fire");
    disk.put("broken", new byte[] {1, 2, 3});
    disk.put("strange", new byte[] {});
    assertThat(opened().current().all()).hasSize(1);
  }

  @Test
  void wantsToKnowWhoAndWhy() {
    assertThatThrownBy(() -> sayings.say("tokyo", "down", "ann", " "))
        .hasMessage("why: \" \" (expected one line of 1 to 500 characters)");
    assertThatThrownBy(() -> sayings.say("tokyo", "down", "a\nb", "fire"))
        .hasMessageContaining("who: ");
    assertThatThrownBy(() -> sayings.say("tokyo", "gone", "ann", "fire"))
        .hasMessage("state: \"gone\" (expected up, down, drain or probed)");
    assertThat(sayings.current().all()).isEmpty();
  }
}
