package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.backbone.map.AbsentMap;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnacknowledgedDutyTest {

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Duties.class);

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final DutyNode node = new DutyNode("b1", new AbsentMap(), timeline);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void capture() {
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void release() {
    LOG.detachAppender(logged);
  }

  @Test
  void isReportedOnceAndOthersAreReferredToUntilItIsAcknowledgedAfterAll() {
    node.hears("lb-nyc", "lb-lon");
    node.turn();
    node.asked();
    node.acknowledges("lb-lon");
    assertThat(node.duties.unacknowledged()).isEmpty();
    assertThat(warnings()).isEmpty();

    retry();
    retry();
    retry();

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("lb-nyc has not acknowledged ")
        .endsWith(" s; resolvers are referred to others");
    assertThat(node.duties.unacknowledged())
        .singleElement()
        .asString()
        .startsWith("lb-nyc: ")
        .contains("www.lb.foobar.test");
    assertThat(node.served().holders()).containsExactly("lb-lon");

    node.acknowledges("lb-nyc");

    assertThat(node.duties.unacknowledged()).isEmpty();
    assertThat(node.served().holders()).containsExactly("lb-nyc", "lb-lon");
  }

  @Test
  void manyOfOneHolderAreReportedInOneLine() {
    SilentHolders silent = new SilentHolders();
    for (int i = 0; i < 10_000; i++) {
      silent.add("lb-nyc", new LabelKey(DomainName.of("s" + i + ".lb.foobar.test"), "lb-nyc"));
    }
    silent.report(LOG, RETRY);
    assertThat(warnings())
        .containsExactly(
            "lb-nyc has not acknowledged lb-nyc.s0.lb.foobar.test and 9999 more for 5 s;"
                + " resolvers are referred to others");
  }

  private void retry() {
    timeline.advance(RETRY);
    node.turn();
  }

  private List<String> warnings() {
    return logged.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> message.contains("has not acknowledged"))
        .toList();
  }
}
