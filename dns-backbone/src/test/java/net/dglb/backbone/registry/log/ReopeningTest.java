package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReopeningTest {

  private final AtomicLong nanos = new AtomicLong(7);
  private final Reopening reopening =
      new Reopening(Path.of("state", "registry"), new Random(1), nanos::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Reopening.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(logged);
  }

  @Test
  void thePausesOfALogThatStaysClosedGrowToABound() {
    for (long seconds : List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L)) {
      assertThat(reopening.failed("the disk is full"))
          .isBetween(Duration.ofSeconds(seconds).dividedBy(2), Duration.ofSeconds(seconds));
    }
  }

  @Test
  void aLogThatOpensAndEndsInALoopIsTriedLessAndLessAndSaidOnce() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      last = reopening.failed("the log ended by itself");
      reopening.again();
      reopening.opened("");
      live(Duration.ofSeconds(9));
    }
    assertThat(last).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    assertThat(reopening.count()).isEqualTo(20);
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .contains("registrations are refused, DNS goes on", "registry", "grows to 30 s")
        .endsWith("the log ended by itself");
  }

  @Test
  void aLogThatStaysOpenIsSaidToAndBeginsWithTheFirstPauseAgain() {
    Stream.generate(() -> reopening.failed("the disk is full")).limit(8).forEach(pause -> {});
    reopening.again();
    reopening.opened("");
    live(Duration.ofSeconds(10));
    live(Duration.ofSeconds(10));
    assertThat(lines()).hasSize(2);
    assertThat(lines().getLast()).contains("is open again (attempt 1 since the start)");

    assertThat(reopening.failed("the disk is full")).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(lines()).as("a reason that comes back is said again").hasSize(3);
  }

  @Test
  void thatThisNodeDoesNotVoteIsSaidOnce() {
    reopening.opened("b1 was removed");
    reopening.opened("b1 was removed");
    assertThat(lines()).containsExactly("registrations are refused, DNS goes on: b1 was removed");
  }

  @Test
  void everyOtherReasonIsSaid() {
    reopening.failed("the disk is full");
    reopening.failed("the folder is gone");
    assertThat(lines()).hasSize(2);
  }

  private void live(Duration time) {
    nanos.addAndGet(time.toNanos());
    reopening.look();
  }

  private List<String> lines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
