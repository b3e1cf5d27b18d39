package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

class SerialBookTest {

  private static final DomainName ZONE = DomainName.of("foobar.test");

  private final Map<String, byte[]> durable = new HashMap<>();

  @Test
  void startsWithTheSerialOfTheFile() {
    assertThat(serial(2026, "")).isEqualTo(2026);
  }

  @Test
  void keepsTheSerialOfTheSameContentAlsoOverARestart() {
    serial(1, "www.foobar.test. A 192.0.2.1");
    long changed = serial(1, "www.foobar.test. A 192.0.2.2");

    assertThat(changed).isEqualTo(2);
    assertThat(serial(1, "www.foobar.test. A 192.0.2.2")).isEqualTo(2);
  }

  @Test
  void growsWithEachChangeAndNeverFallsBackToTheFile() {
    assertThat(serial(10, "a.foobar.test. A 192.0.2.1")).isEqualTo(10);
    assertThat(serial(10, "a.foobar.test. A 192.0.2.2")).isEqualTo(11);
    assertThat(serial(9, "a.foobar.test. A 192.0.2.3")).isEqualTo(12);
    assertThat(serial(100, "a.foobar.test. A 192.0.2.4")).isEqualTo(100);
  }

  @Test
  void seesAChangedTtlAsAChange() {
    serial(1, "a.foobar.test. 60 A 192.0.2.1");

    assertThat(serial(1, "a.foobar.test. 61 A 192.0.2.1")).isEqualTo(2);
  }

  @Test
  void passesTheEndOfTheNumberRange() {
    serial(0xffffffffL, "a.foobar.test. A 192.0.2.1");

    assertThat(serial(0xffffffffL, "a.foobar.test. A 192.0.2.2")).isZero();
    assertThat(serial(5, "a.foobar.test. A 192.0.2.2")).isEqualTo(5);
  }

  @Test
  void keepsRecordsOverARestart() {
    List<Record> records = Records.of("a.foobar.test. 60 A 192.0.2.1", "b.foobar.test. 5 TXT x");
    new KeptRecords(durable).put(ZONE, records);

    assertThat(new KeptRecords(durable).get(ZONE)).isEqualTo(records);
    assertThat(new KeptRecords(durable).get(DomainName.of("other.test"))).isEmpty();
  }

  /** The serial that a restarted node gives to a zone of this content. */
  private long serial(long inFile, String line) {
    List<Record> records =
        Records.of(
            "foobar.test. 60 SOA ns.foobar.test. h.foobar.test. " + inFile + " 2 3 4 5", line);
    return new SerialBook(durable)
        .number(ZONE, records).stream()
            .filter(record -> record instanceof SOARecord)
            .mapToLong(record -> ((SOARecord) record).getSerial())
            .findFirst()
            .orElseThrow();
  }
}
