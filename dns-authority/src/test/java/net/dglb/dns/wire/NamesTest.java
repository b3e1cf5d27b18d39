package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;

/** Names as keys, as data, and of questions. */
class NamesTest {

  @Test
  void tellsTheQuestionsNameFromAnyLabelOn() {
    Query query = new Query();
    byte[] wire = Asked.query("a.Bc.example.test", "A").toWire();
    QueryParser.parse(ByteBuffer.wrap(wire), wire.length, Transport.UDP, query);
    assertThat(query.name(0)).isEqualTo(DomainName.of("a.bc.example.test"));
    assertThat(query.name(2)).isEqualTo(DomainName.of("example.test"));
    assertThat(query.name(query.labelCount())).isEqualTo(DomainName.ROOT);
  }

  @Test
  void aNameIsTheSameKeyInWhateverCaseAndNothingElse() {
    WireName name = WireName.of(DomainName.of("www.example.test"));
    WireName mixed = WireName.of(new byte[] {1, 'A', 1, 'z', 1, '[', 1, '@', 0});
    assertThat(mixed).isEqualTo(WireName.of(new byte[] {1, 'a', 1, 'Z', 1, '[', 1, '@', 0}));
    assertThat(name).isNotEqualTo(mixed);
    Object text = "www.example.test";
    assertThat(name.equals(text)).isFalse();
  }

  @Test
  void aSetAsShortAsAnAddressIsCompletedByTheQuestionToo() throws Exception {
    Asked asked =
        new Asked(
            Asked.zone(
                "example.test",
                """
                @   60 SOA   ns admin 1 1 1 1 60
                @   60 NS    ns
                www 60 CNAME a
                """));
    byte[] answer = asked.askRaw(Asked.query("www.example.test", "CNAME").toWire(), Transport.UDP);
    assertThat(answer).as("a CNAME of 16 octets").hasSize(12 + 18 + 4 + 16);
    assertThat(new Message(answer).getSection(org.xbill.DNS.Section.ANSWER))
        .singleElement()
        .hasToString("www.example.test.\t60\tIN\tCNAME\ta.example.test.");
  }

  @Test
  void givesBackTheDataOfEachRecordWithItsNamesWhole() {
    DomainName apex = DomainName.of("example.test");
    RecordSet servers =
        new RecordSetBuilder(RecordType.NS, 60, apex)
            .name(DomainName.of("ns1.example.test"))
            .name(DomainName.of("ns.elsewhere.test"))
            .name(DomainName.of("ns2.example.test"))
            .build();
    List<byte[]> data = servers.data(apex.toWire());
    assertThat(data)
        .containsExactly(
            DomainName.of("ns1.example.test").toWire(),
            DomainName.of("ns.elsewhere.test").toWire(),
            DomainName.of("ns2.example.test").toWire());
  }
}
