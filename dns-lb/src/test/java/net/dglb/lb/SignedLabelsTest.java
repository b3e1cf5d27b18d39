package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class SignedLabelsTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;

  @TempDir Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  private static EnterpriseZone signedZone() {
    return signedZone("mode = answer");
  }

  private static EnterpriseZone signedZone(String lines) {
    EnterpriseZone zone = Zones.zone(1, Network.SERVICE, lines);
    return new EnterpriseZone(
        zone.enterprise(), zone.origin(), zone.form(), true, zone.version(), zone.services());
  }

  @Test
  void everyAnswerOfAnOwnLabelVerifiesWithTheKeyThatTheBackboneWasTold() throws Exception {
    InMemorySession session = network.measuredOwnLabel(signedZone());

    Frame keys = session.sent(Frame::hasLabelKeys).getLast();
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();
    assertThat(new DSRecord(key.getName(), key.getDClass(), 0, 2, key).rdataToWireCanonical())
        .isEqualTo(keys.getLabelKeys().getDsRdata(0).toByteArray());
    for (int type : new int[] {Type.A, Type.AAAA, Type.NS, Type.SOA, Type.TXT, Type.DNSKEY}) {
      assertValid(network.askSigned(OWN, type), key);
    }
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void whatIsNotThereIsDeniedByTheOneRecordOfAZoneWithOnlyAnApex() throws Exception {
    network.measuredOwnLabel(signedZone());
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();

    Message below = network.askSigned("x." + OWN, Type.A);
    assertThat(below.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    NSECRecord proof = nsec(below);
    assertThat(proof.getName()).isEqualTo(proof.getNext()).hasToString(OWN + ".");
    assertThat(proof.getTypes())
        .containsExactlyInAnyOrder(
            Type.A, Type.NS, Type.SOA, Type.AAAA, Type.RRSIG, Type.NSEC, Type.DNSKEY);
    assertValid(below, key);
  }

  @Test
  void everyTypeIsEitherAnsweredOrDeniedInTheSameWords() throws Exception {
    network.measuredOwnLabel(signedZone("answers { https {} }"));
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();
    Set<Integer> answered = new TreeSet<>(Set.of(Type.RRSIG));
    assertThat(types(network.askSigned(OWN, Type.RRSIG), Section.ANSWER)).containsExactly("RRSIG");
    Set<NSECRecord> proofs = new HashSet<>();
    for (int type = 1; type < 270; type++) {
      if (type == Type.OPT || type == Type.RRSIG || type == 128 || (type >= 249 && type <= 255)) {
        continue; // not types that are asked for
      }
      Message answer = network.askSigned(OWN, type);
      assertValid(answer, key);
      if (answer.getSection(Section.ANSWER).isEmpty()) {
        proofs.add(nsec(answer));
      } else {
        answered.add(type);
      }
    }
    assertThat(proofs).hasSize(1);
    Set<Integer> said = new TreeSet<>();
    for (int type : proofs.iterator().next().getTypes()) {
      said.add(type);
    }
    assertThat(said).isEqualTo(answered).contains(Type.A, Type.AAAA, Type.HTTPS);
  }

  @Test
  void httpsRecordsAreSignedWithTheAddressesThatAreAnswered() throws Exception {
    network.measuredOwnLabel(signedZone("answers { https { alpn = [h3, h2] } }"));
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();

    assertThat(network.answers(OWN, Type.HTTPS))
        .containsExactly("1 . alpn=h3,h2 ipv4hint=192.0.2.1 ipv6hint=2001:db8:0:0:0:0:0:1");
    assertValid(network.askSigned(OWN, Type.HTTPS), key);
    assertThat(nsec(network.askSigned(OWN, Type.TXT)).hasType(Type.HTTPS)).isTrue();

    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    assertThat(network.answers(OWN, Type.HTTPS))
        .as("where the families lead to two sites, no hint may disagree with either")
        .containsExactly(
            network.answers(OWN, Type.AAAA).contains("2001:db8:0:0:0:0:0:2")
                ? "1 . alpn=h3,h2 ipv4hint=192.0.2.2 ipv6hint=2001:db8:0:0:0:0:0:2"
                : "1 . alpn=h3,h2");
    assertValid(network.askSigned(OWN, Type.HTTPS), key);
  }

  @Test
  void whereSitesTakeTurnsTheSignedHttpsRecordSaysNoAddresses() throws Exception {
    network.measuredOwnLabel(
        signedZone("policy { kind = round-robin }, answers { count = 2, https { alpn = [h2] } }"));
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();

    assertThat(network.answers(OWN, Type.HTTPS)).containsExactly("1 . alpn=h2");
    assertValid(network.askSigned(OWN, Type.HTTPS), key);
  }

  @Test
  void severalAddressesAreSignedTogetherWhenTheyAreFirstAnsweredTogether() throws Exception {
    String lines = "answers { count = 2, https { alpn = [h2] } }";
    network.measuredOwnLabel(signedZone(lines));
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK, Network.FRANKFURT);
    assertThat(network.answers(OWN, Type.HTTPS)).hasSize(2);
    for (int type : new int[] {Type.A, Type.AAAA, Type.HTTPS, Type.TXT}) {
      assertValid(network.askSigned(OWN, type), key);
    }
    long signed = network.loadBalancer().figures().signing().sets();

    network.sites.dies(Network.FRANKFURT);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK, Network.TOKYO);
    assertValid(network.askSigned(OWN, Type.A), key);
    assertValid(network.askSigned(OWN, Type.HTTPS), key);
    long signedThen = network.loadBalancer().figures().signing().sets();
    assertThat(signedThen - signed).as("only what is new").isBetween(1L, 4L);

    network.sites.answersAfter(Network.FRANKFURT, 80);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK, Network.FRANKFURT);
    assertValid(network.askSigned(OWN, Type.A), key);
    assertThat(network.loadBalancer().figures().signing().sets())
        .as("what was signed is known")
        .isEqualTo(signedThen);
  }

  @Test
  void aBackupAnswersTheSetsThatTheOwnerSignedAndElseTheBestAlone() {
    String lines = "answers { count = 2 }";
    InMemorySession session = network.measuredOwnLabel(signedZone(lines));
    SignedSets sets = lastSigned(session).toBuilder().setLabel("lb-tyo-1").build();
    network.receive(session, Frame.newBuilder().setSignedSets(sets).build());
    network.assign(session, "lb-tyo-1", "lb-tyo-1.ns.lb.foobar.test");
    network.tokyoMeasured(session, Network.FRANKFURT, 1, Network.NEW_YORK, 40);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.answers(OTHER, Type.A))
        .as("in another order than the owner")
        .containsExactly(Network.FRANKFURT, Network.NEW_YORK);

    network.tokyoMeasured(session, Network.TOKYO, 1, Network.NEW_YORK, 40);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);
    assertThat(types(network.askSigned(OTHER, Type.A), Section.ANSWER))
        .containsExactly("A", "RRSIG");
  }

  @Test
  void nothingIsSignedAgainAfterARestartAndTheKeyStays() {
    InMemorySession session = network.measuredOwnLabel(signedZone());
    long first = lastSigned(session).getVersion();
    network.restart();
    InMemorySession again = network.measuredOwnLabel(signedZone());
    assertThat(lastSigned(again).getVersion()).isEqualTo(first);

    assertThat(again.sent(Frame::hasLabelKeys))
        .extracting(frame -> frame.getLabelKeys().getDsRdataList())
        .as("the key stays")
        .containsOnly(session.sent(Frame::hasLabelKeys).getLast().getLabelKeys().getDsRdataList());
  }

  @Test
  void aBackupAnswersWhatTheOwnerSignedAndOnlyThat() {
    InMemorySession session = network.measuredOwnLabel(signedZone());
    SignedSets sets = lastSigned(session).toBuilder().setLabel("lb-tyo-1").build();
    network.receive(session, Frame.newBuilder().setSignedSets(sets).build());
    network.assign(session, "lb-tyo-1", "lb-tyo-1.ns.lb.foobar.test");
    network.tokyoMeasured(session, Network.TOKYO, 1, Network.FRANKFURT, 40);
    network.pass(Duration.ofSeconds(2));

    assertThat(types(network.askSigned(OTHER, Type.A), Section.ANSWER))
        .containsExactly("A", "RRSIG");
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);
    assertThat(network.answers(OTHER, Type.DNSKEY)).hasSize(1);

    network.restart();
    assertThat(types(network.askSigned(OTHER, Type.A), Section.ANSWER))
        .as("from disk")
        .containsExactly("A", "RRSIG");
  }

  @Test
  void anAnswerThatIsKeptShortlySinceNobodyAskedVerifiesAndCountsAsDemand() throws Exception {
    network.measuredOwnLabel(signedZone());
    network.pass(Duration.ofMinutes(43));
    assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
    DNSKEYRecord key =
        (DNSKEYRecord) network.askSigned(OWN, Type.DNSKEY).getSection(Section.ANSWER).getFirst();

    for (long ttl : new long[] {30, 300}) {
      Message answer = network.askSigned(OWN, Type.A);
      assertThat(answer.getSection(Section.ANSWER)).extracting(Record::getTTL).containsOnly(ttl);
      assertValid(answer, key);
      network.pass(Duration.ofSeconds(2));
    }
    assertThat(network.loadBalancer().figures().idleServices()).isZero();
  }

  @Test
  void inAnUnsignedZoneNothingIsSigned() {
    InMemorySession session = network.measuredOwnLabel();

    assertThat(session.sent(Frame::hasSignedSets)).isEmpty();
    assertThat(types(network.askSigned(OWN, Type.A), Section.ANSWER)).containsExactly("A");
  }

  private static SignedSets lastSigned(InMemorySession session) {
    return session.sent(Frame::hasSignedSets).getLast().getSignedSets();
  }

  private static List<String> types(Message message, int section) {
    return message.getSection(section).stream()
        .map(record -> Type.string(record.getType()))
        .toList();
  }

  private static NSECRecord nsec(Message message) {
    return (NSECRecord)
        message.getSection(Section.AUTHORITY).stream()
            .filter(NSECRecord.class::isInstance)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no NSEC record in " + message));
  }

  private void assertValid(Message answer, DNSKEYRecord key)
      throws DNSSEC.DNSSECException, IOException {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (RRset set : answer.getSectionRRsets(section)) {
        assertThat(set.sigs()).as("signatures of %s", set).hasSize(1);
        DNSSEC.verify(set, set.sigs().getFirst(), key, network.timeline().now());
      }
    }
    List<Record> all = answer.getSection(Section.ANSWER);
    assertThat(all.isEmpty() && answer.getSection(Section.AUTHORITY).isEmpty())
        .as("an empty answer: %s", answer)
        .isFalse();
  }
}
