package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class QuarantineTest {

  private static final long SECOND = 1_000L;

  private final Quarantine quarantine = new Quarantine();

  @Test
  void holdsAFingerprintForAMinute() {
    quarantine.add(7, 100);
    assertThat(quarantine.holds(7, 100 + 59 * SECOND)).isTrue();
    assertThat(quarantine.holds(7, 100 + 61 * SECOND)).isFalse();
    assertThat(quarantine.holds(8, 100)).isFalse();
  }

  @Test
  void isWorthOneLineInTheLogWithinAMinuteWhateverComes() {
    assertThat(quarantine.add(7, 100)).isTrue();
    for (int fingerprint = 0; fingerprint < 5_000; fingerprint++) {
      assertThat(quarantine.add(fingerprint, 100 + 59 * SECOND)).isFalse();
    }
    assertThat(quarantine.add(7, 100 + 60 * SECOND)).isTrue();
    assertThat(quarantine.add(7, 100 + 60 * SECOND)).isFalse();
  }

  @Test
  void isNotUsedUntilSomethingIsIn() {
    assertThat(quarantine.isUsed()).isFalse();
    quarantine.add(7, 0);
    assertThat(quarantine.isUsed()).isTrue();
  }

  @Test
  void asksAZoneNoSecondTimeForWhatRaisedAnExceptionWhateverTheCase() {
    AtomicInteger asked = new AtomicInteger();
    Asked server = new Asked(poisonedBy("poison", asked));
    assertThat(server.ask("poison.example.test", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(server.ask("POISON.example.test", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(asked).hasValue(1);
    assertThat(server.counters().failures()).isEqualTo(1);
    assertThat(server.counters().quarantined()).isEqualTo(1);
    assertThat(server.ask("other.example.test", "A").getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(server.ask("poison.example.test", "AAAA").getRcode())
        .as("another question of the name reaches the zone")
        .isEqualTo(Rcode.SERVFAIL);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anExceptionIsLoggedOnceWithItsQuestionAndSender() {
    Logger logger = (Logger) LoggerFactory.getLogger(QueryProcessor.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      Asked server = new Asked(poisonedBy("poison", new AtomicInteger()));
      server.ask("poison.example.test", "A");
      server.ask("poison.example.test", "AAAA");
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .contains("06706f69736f6e076578616d706c65", "192.0.2.53");
    assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("poison");
  }

  @Test
  void takesWhatIsAskedWithOtherOptionsForAnotherQuestion() {
    AtomicInteger asked = new AtomicInteger();
    Asked server = new Asked(poisonedBy("poison", asked));
    ClientSubnetOption subnet = new ClientSubnetOption(32, Asked.SOURCE);
    OPTRecord[] options = {
      new OPTRecord(1232, 0, 0),
      new OPTRecord(1232, 0, 0, ExtendedFlags.DO),
      new OPTRecord(1232, 0, 0, 0, List.of(subnet))
    };
    for (int i = 0; i < options.length; i++) {
      for (int times = 0; times < 2; times++) {
        Message query = Asked.query("poison.example.test", "A");
        query.addRecord(options[i], Section.ADDITIONAL);
        assertThat(server.ask(query, Transport.UDP).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(asked).hasValue(i + 1);
      }
    }
  }

  @Test
  void lastsAMinuteAlsoWhenTheWallClockIsSet() {
    AtomicInteger asked = new AtomicInteger();
    Parts parts = new Parts(poisonedBy("poison", asked));
    InProcessServer server = parts.server();
    byte[] query = Asked.query("poison.example.test", "A").toWire();
    for (Duration step : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-2))) {
      parts.setWallClock(step);
      server.ask(query, Asked.SOURCE, Transport.UDP);
    }
    assertThat(asked).as("neither forgotten").hasValue(1);

    parts.advanceMillis(61 * SECOND);
    server.ask(query, Asked.SOURCE, Transport.UDP);

    assertThat(asked).as("nor kept for hours").hasValue(2);
  }

  @Test
  void anEmptyPlaceHoldsNothingWhateverTheFingerprint() {
    assertThat(quarantine.holds(0, 0)).isFalse();
  }

  private static Zone poisonedBy(String label, AtomicInteger asked) {
    return new Zone() {
      @Override
      public DomainName apex() {
        return DomainName.of("example.test");
      }

      @Override
      public void answer(Query query, Answer answer) {
        if (query.name()[0] == label.length()) {
          asked.incrementAndGet();
          throw new StackOverflowError("poison");
        }
      }
    };
  }
}
