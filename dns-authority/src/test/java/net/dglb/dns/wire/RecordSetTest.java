package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class RecordSetTest {

  private static final DomainName APEX = DomainName.of("example.test");

  private static RecordSet addresses(int ttlSeconds, String... addresses) {
    RecordSetBuilder set = new RecordSetBuilder(RecordType.A, ttlSeconds, APEX);
    for (String address : addresses) {
      set.address(InetAddress.ofLiteral(address));
    }
    return set.build();
  }

  private static RecordSet data(int type, String... data) {
    RecordSetBuilder set = new RecordSetBuilder(type, 60, APEX);
    for (String one : data) {
      set.data(one.getBytes(StandardCharsets.US_ASCII));
    }
    return set.build();
  }

  @Test
  void setsWithTheSameRecordsAreTheSameWhateverTheirTtl() {
    RecordSet set = addresses(300, "192.0.2.1", "192.0.2.2");
    RecordSet brief = addresses(20, "192.0.2.1", "192.0.2.2");

    assertThat(set.hasRecordsOf(set)).isTrue();
    assertThat(set.hasRecordsOf(brief)).isTrue();
    assertThat(set.recordsHash()).isEqualTo(brief.recordsHash());
  }

  @Test
  void otherRecordsAnotherOrderOrAnotherTypeMakeAnotherSet() {
    RecordSet set = addresses(300, "192.0.2.1", "192.0.2.2");

    assertThat(set.hasRecordsOf(addresses(300, "192.0.2.1", "192.0.2.3"))).isFalse();
    assertThat(set.hasRecordsOf(addresses(300, "192.0.2.2", "192.0.2.1"))).isFalse();
    assertThat(set.hasRecordsOf(addresses(300, "192.0.2.1"))).isFalse();
    assertThat(data(16, "ab").hasRecordsOf(data(99, "ab"))).isFalse();
    assertThat(data(16, "ab").hasRecordsOf(data(16, "abc"))).as("longer at the end").isFalse();
    assertThat(set.recordsHash()).isNotEqualTo(addresses(300, "192.0.2.1").recordsHash());
  }

  @Test
  void namesThatTheQuestionCompletesAreComparedByTheSetItself() {
    RecordSet one =
        new RecordSetBuilder(RecordType.NS, 60, APEX)
            .name(DomainName.of("ns.example.test"))
            .build();
    RecordSet other =
        new RecordSetBuilder(RecordType.NS, 60, APEX)
            .name(DomainName.of("ns.example.test"))
            .build();

    assertThat(one.hasRecordsOf(one)).isTrue();
    assertThat(one.hasRecordsOf(other)).isFalse();
  }
}
