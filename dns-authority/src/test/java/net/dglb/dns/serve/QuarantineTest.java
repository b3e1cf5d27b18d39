package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

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
