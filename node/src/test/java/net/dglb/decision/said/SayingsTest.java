package net.dglb.decision.said;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.dglb.decision.AdminState;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class SayingsTest {

  private static final DomainName WWW = DomainName.of("www.lb.foobar.example");

  @Test
  void theNewestThatMatchesCountsAndSayingAgainMakesItTheNewest() {
    Sayings sayings =
        Sayings.NONE.with(saying("tokyo", AdminState.DRAIN)).with(saying("*/*", AdminState.DOWN));
    assertThat(sayings.of(WWW, "tokyo")).contains(AdminState.DOWN);
    sayings = sayings.with(saying("*/tokyo", AdminState.UP));
    assertThat(sayings.all()).as("the same pattern, written otherwise").hasSize(2);
    assertThat(sayings.of(WWW, "tokyo")).contains(AdminState.UP);
    assertThat(sayings.without(SitePattern.parse("*")).of(WWW, "osaka")).isEmpty();
  }

  @Test
  void moreThanManyAreRefusedButWhatIsSaidMayBeSaidAnew() {
    Sayings full = Sayings.NONE;
    for (int i = 0; i < Sayings.MAX; i++) {
      full = full.with(saying("site-" + i, AdminState.DOWN));
    }
    Sayings all = full;
    assertThatThrownBy(() -> all.with(saying("another", AdminState.DOWN)))
        .hasMessageContaining("1000 are in force");
    assertThat(all.with(saying("site-7", AdminState.UP)).all()).hasSize(Sayings.MAX);
  }

  private static Saying saying(String pattern, AdminState state) {
    return new Saying(SitePattern.parse(pattern), state, "ann", "works", Instant.EPOCH);
  }
}
