package net.dglb.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final BackoffSettings SETTINGS = BackoffSettings.defaults();

  @Test
  void pausesDoubleToTheLongestAndAreShortenedByAtMostHalf() {
    Backoff backoff = new Backoff(SETTINGS, new Random(7));
    List<Long> planned =
        List.of(200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 30000L, 30000L);
    for (long millis : planned) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
    }
  }

  @Test
  void twoClientsDoNotComeBackTogether() {
    Backoff one = new Backoff(SETTINGS, new Random(1));
    Backoff other = new Backoff(SETTINGS, new Random(2));
    List<Duration> ofOne = Stream.generate(one::next).limit(8).toList();
    List<Duration> ofOther = Stream.generate(other::next).limit(8).toList();
    assertThat(ofOne).doesNotContainAnyElementsOf(ofOther);
  }

  @Test
  void onlyASteadySessionBringsThePauseBack() {
    Backoff backoff = new Backoff(SETTINGS, new Random(7));
    Stream.generate(backoff::next).limit(10).forEach(pause -> {});
    backoff.lived(Duration.ofSeconds(9));
    assertThat(backoff.next()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    backoff.lived(Duration.ofSeconds(10));
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(200));
  }
}
