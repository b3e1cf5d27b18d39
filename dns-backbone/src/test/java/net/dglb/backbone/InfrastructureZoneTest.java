package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyState;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.StaticZone;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class InfrastructureZoneTest {

  private static final DomainName APEX = DomainName.of("dglb.test");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private KeyChain keys = KeyChain.EMPTY;
  private List<BackbonePeer> nodes = List.of(node("b1", 1), node("b2", 2));
  private final InfrastructureZone zone =
      new InfrastructureZone(
          APEX,
          () -> new ReferSettings(APEX.child("hostmaster"), true, 20, 1800),
          () -> SignatureLifetime.DEFAULT,
          () -> keys,
          new Random(1),
          timeline);

  private static BackbonePeer node(String id, int number) {
    return new BackbonePeer(
        id,
        APEX.child(id),
        List.of(
            InetAddress.ofLiteral("198.18.0." + number),
            InetAddress.ofLiteral("2001:db8:b::" + number)),
        List.of(),
        List.of());
  }

  private void sign() {
    ZoneKey inUse =
        new ZoneKey(keys.newKey(SigningAlgorithm.ECDSA_P256), new KeyState.Active(timeline.now()));
    keys = new KeyChain(List.of(inUse));
  }

  private Message ask(String name, int type) throws IOException {
    return ask(zone.compile(nodes, 7), name, type);
  }

  private static Message ask(StaticZone compiled, String name, int type) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return new Message(
        new InProcessServer(Catalog.of(List.of(compiled)))
            .ask(query.toWire(), InetAddress.ofLiteral("192.0.2.1"), Transport.UDP));
  }

  private void assertValid(Message answer) throws Exception {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (RRset set : answer.getSectionRRsets(section)) {
        assertThat(set.sigs()).as("signatures of %s", set).isNotEmpty();
        DNSKEYRecord key =
            (DNSKEYRecord)
                Record.newRecord(
                    Name.fromString(APEX + "."),
                    Type.DNSKEY,
                    DClass.IN,
                    1800,
                    keys.signing().getFirst().dnskey());
        DNSSEC.verify(set, set.sigs().getFirst(), key, timeline.now());
      }
    }
  }

  @Test
  void holdsTheNamesOfAllNodesAlsoBeforeThereIsAKey() throws Exception {
    Message names = ask("dglb.test.", Type.NS);
    assertThat(names.getSection(Section.ANSWER)).hasSize(2).allMatch(it -> it.getTTL() == 1800);
    assertThat(ask("b2.dglb.test.", Type.AAAA).getSection(Section.ANSWER)).hasSize(1);
  }

  @Test
  void everyAnswerIsSignedOnceThereIsAKey() throws Exception {
    sign();
    for (int type : new int[] {Type.SOA, Type.NS, Type.DNSKEY, Type.CDS, Type.CDNSKEY, Type.MX}) {
      assertValid(ask("dglb.test.", type));
    }
    assertValid(ask("b1.dglb.test.", Type.A));
    Message none = ask("b3.dglb.test.", Type.A);
    assertThat(none.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertValid(none);
  }

  @Test
  void isMadeAnewForOtherNodesForOtherKeysAndBeforeItsSignaturesEnd() throws Exception {
    assertThat(zone.isDue(nodes)).isTrue();
    var _ = zone.compile(nodes, 1);
    assertThat(zone.isDue(nodes)).isFalse();

    sign();
    assertThat(zone.isDue(nodes)).as("a key").isTrue();
    var _ = zone.compile(nodes, 1);
    timeline.advance(Duration.ofDays(6));
    assertThat(zone.isDue(nodes)).isFalse();
    timeline.advance(Duration.ofDays(1));
    assertThat(zone.isDue(nodes)).as("half of their life is over").isTrue();
    assertValid(ask("b1.dglb.test.", Type.A));
    assertThat(zone.isDue(nodes)).isFalse();

    nodes = nodes.subList(0, 1);
    assertThat(zone.isDue(nodes)).isTrue();
    Message gone = ask("b2.dglb.test.", Type.A);
    assertThat(gone.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertValid(gone);
  }
}
