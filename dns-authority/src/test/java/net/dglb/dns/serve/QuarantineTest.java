package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
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
