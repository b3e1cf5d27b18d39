package net.dglb.backbone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class RefusedNotesTest {

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-11-20T00:00:00Z"));
  private final List<String> written = new ArrayList<>();
  private boolean away;
  private final RefusedNotes notes =
      new RefusedNotes(
          (refusal, told) -> {
            if (!away) {
              written.add(
                  String.join(
                      " ",
                      refusal.caller().actor(),
                      refusal.action(),
                      refusal.subject() + ":",
                      refusal.text()));
            }
            told.accept(!away);
          },
          timeline);

  @Test
  void theFirstIsNotedAtOnceAndTheRestOfTheHourAsOne() {
    for (int i = 0; i < 1_000; i++) {
      refuse("evil", "lb.foobar.test");
    }
    assertThat(written).containsExactly("evil put-zone lb.foobar.test: owned");

    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written.subList(1, written.size()))
        .containsExactly("evil put-zone lb.foobar.test: 999 more times: owned");

    refuse("evil", "lb.foobar.test");
    assertThat(written).as("at once again").hasSize(3);
    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written).as("once is told once").hasSize(3);
  }

  @Test
  void whatIsTriedIsToldApart() {
    for (int i = 0; i < 3; i++) {
      refuse("evil", "put-zone", "lb.foobar.test");
      refuse("evil", "remove-zone", "lb.foobar.test");
    }
    assertThat(written)
        .containsExactly(
            "evil put-zone lb.foobar.test: owned", "evil remove-zone lb.foobar.test: owned");
    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written.subList(2, written.size()))
        .containsExactlyInAnyOrder(
            "evil put-zone lb.foobar.test: 2 more times: owned",
            "evil remove-zone lb.foobar.test: 2 more times: owned");
  }

  @Test
  void whoTriesManyZonesHasThemNotedAsOne() {
    for (int i = 0; i < 1_000; i++) {
      refuse("evil", "zone-" + i + ".test");
    }
    assertThat(written).hasSize(RefusedNotes.ATTEMPTS + 1);
    assertThat(written.getLast()).startsWith("evil several others: ");

    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written).hasSize(RefusedNotes.ATTEMPTS + 2);
    assertThat(written.getLast()).startsWith("evil several others: 989 more times: ");
  }

  @Test
  void manyWhoTryAreBoundedTogether() {
    for (int i = 0; i < 1_000; i++) {
      refuse("evil-" + i, "lb.foobar.test");
    }
    assertThat(written).hasSize(RefusedNotes.MOST + 1);
    assertThat(written.getLast()).isEqualTo("others several others: too many to tell apart");
  }

  @Test
  void whatCouldNotBeWrittenIsCountedAndToldLater() {
    away = true;
    refuse("evil", "lb.foobar.test");
    refuse("evil", "lb.foobar.test");
    assertThat(written).isEmpty();

    away = false;
    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written).containsExactly("evil put-zone lb.foobar.test: 2 more times: owned");
  }

  @Test
  void whatIsOnlyCountedIsToldAtAStop() {
    assertThat(notes.flush()).isCompleted();
    refuse("evil", "lb.foobar.test");
    refuse("evil", "lb.foobar.test");
    refuse("evil", "shop.foobar.test");
    assertThat(notes.flush()).isCompleted();
    assertThat(written.subList(2, written.size()))
        .containsExactly("evil put-zone lb.foobar.test: 1 more times: owned");
    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written).as("nothing twice").hasSize(3);

    refuse("evil", "lb.foobar.test");
    refuse("evil", "lb.foobar.test");
    away = true;
    assertThat(notes.flush()).as("nobody waits for what cannot be").isCompleted();
  }

  @Test
  void whatCannotBeToldAtTheEndOfItsHourIsToldAfterTheNext() {
    refuse("evil", "lb.foobar.test");
    refuse("evil", "lb.foobar.test");
    away = true;
    timeline.advance(RefusedNotes.PERIOD);
    away = false;
    refuse("evil", "lb.foobar.test");
    timeline.advance(RefusedNotes.PERIOD);
    assertThat(written)
        .containsExactly(
            "evil put-zone lb.foobar.test: owned",
            "evil put-zone lb.foobar.test: 2 more times: owned");
  }

  @Test
  void longTextsAreCut() {
    notes.note(
        new Refusal(
            "put-zone", "x".repeat(1_000_000), "y".repeat(1_000_000), new Caller("evil", "")));
    assertThat(written).singleElement().asString().hasSizeLessThan(1_100);
  }

  private void refuse(String actor, String zone) {
    refuse(actor, "put-zone", zone);
  }

  private void refuse(String actor, String action, String zone) {
    notes.note(new Refusal(action, zone, "owned", new Caller(actor, "192.0.2.1:1")));
    timeline.advance(Duration.ofMillis(1));
  }
}
