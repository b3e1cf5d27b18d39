package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static net.dglb.backbone.refer.SignedAnswers.nsec;
import static net.dglb.backbone.refer.SignedAnswers.types;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.backbone.Samples;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class SignedReferralsTest {

  private static final DomainName ZONE = Samples.aliased(1).origin();
  private static final int COMPACT_ANSWERS_OK = 0x4000;

  private final SigningKey key =
      SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
  private final Backbone backbone =
      new Backbone().serves(Samples.WWW, "lb-nyc", "lb-lon").serves(Samples.SHOP, "lb-nyc");
  private final SignedAnswers asked = new SignedAnswers(backbone, key);
  private OnlineSigning signing = signing(3, 2);
  private long nanos;

  SignedReferralsTest() {
    backbone.signs(ZONE, signing, key);
  }

  private OnlineSigning signing(int perSecond, int denials) {
    return new OnlineSigning(
        new SigningSettings(1_000, perSecond, denials, SignatureLifetime.DEFAULT),
        backbone.timeline::now,
        new Random(1),
        () -> nanos);
  }

  @Test
  void aBalancedNameIsAnsweredWithASignedCnameAndNothingElse() throws Exception {
    Message answer = ask("www.lb.foobar.test.", Type.A);

    assertThat(types(answer, Section.ANSWER)).containsExactly("CNAME", "RRSIG");
    assertThat(types(answer, Section.AUTHORITY)).isEmpty();
    assertValid(answer);
  }

  @Test
  void whoDoesNotAskForSignaturesGetsTheAnswerOfAnUnsignedZone() {
    Message answer = backbone.ask("www.lb.foobar.test.", Type.A);

    assertThat(types(answer, Section.ANSWER)).containsExactly("CNAME");
    assertThat(types(answer, Section.AUTHORITY)).containsExactly("NS", "NS");
    Message none = backbone.ask("none.lb.foobar.test.", Type.A);
    assertThat(none.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(signing.made()).isZero();
  }

  @Test
  void theReferralOfALabelProvesThatItHasNoDs() throws Exception {
    Message answer = ask("lb-nyc.www.lb.foobar.test.", Type.A);

    assertThat(types(answer, Section.AUTHORITY)).containsExactly("NS", "NS", "NSEC", "RRSIG");
    NSECRecord proof = nsec(answer);
    assertThat(proof.getName()).hasToString("lb-nyc.www.lb.foobar.test.");
    assertThat(proof.hasType(Type.NS)).isTrue();
    assertThat(proof.hasType(Type.DS)).isFalse();
    assertThat(proof.hasType(Type.SOA)).isFalse();
    assertValid(answer);
    assertThat(records(answer, Section.ADDITIONAL)).as("glue").hasSize(4);
  }

  @Test
  void theReferralOfALabelWithAllItsBackupsFitsIntoTheUsualUdpMessage() throws Exception {
    backbone.served.clear();
    backbone.serves(Samples.WWW, "lb-nyc", "lb-lon", "lb-tyo");
    Message answer = ask("below.lb-nyc.www.lb.foobar.test.", Type.A);

    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(types(answer, Section.AUTHORITY)).containsExactly("NS", "NS", "NS", "NSEC", "RRSIG");
    assertThat(records(answer, Section.ADDITIONAL)).as("glue of both families").hasSize(6);
    assertThat(answer.numBytes()).isLessThanOrEqualTo(700);
    assertValid(answer);
  }

  @Test
  void aNameThatDoesNotExistIsDeniedByNxnameAndOnlyWhoAsksGetsNxdomain() throws Exception {
    Message answer = ask("none.lb.foobar.test.", Type.A);

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    NSECRecord proof = nsec(answer);
    assertThat(proof.getName()).hasToString("none.lb.foobar.test.");
    assertThat(proof.getNext()).hasToString("\\000.none.lb.foobar.test.");
    assertThat(proof.getTypes()).containsExactlyInAnyOrder(Type.RRSIG, Type.NSEC, 128);
    assertValid(answer);

    Message compact = ask("none.lb.foobar.test.", Type.A, COMPACT_ANSWERS_OK, Transport.UDP);
    assertThat(compact.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertValid(compact);
  }

  /** RFC 9824 section 5.1. */
  @Test
  void whoTakesCompactAnswersIsToldInEveryAnswerThatThisZoneGivesThem() throws Exception {
    backbone.signs(ZONE, signing(100, 100), key);
    for (String question :
        List.of(
            "none.lb.foobar.test. NXDOMAIN",
            "cdn.lb.foobar.test. NOERROR",
            "www.lb.foobar.test. NOERROR",
            "lb.foobar.test. NOERROR",
            "lb-nyc.www.lb.foobar.test. NOERROR")) {
      String[] words = question.split(" ", -1);
      Message answer = ask(words[0], Type.A, COMPACT_ANSWERS_OK, Transport.UDP);
      assertThat(Rcode.string(answer.getRcode())).as(question).isEqualTo(words[1]);
      assertThat(answer.getOPT().getFlags())
          .as(question)
          .isEqualTo(ExtendedFlags.DO | COMPACT_ANSWERS_OK);
      assertValid(answer);
      assertThat(ask(words[0], Type.A).getOPT().getFlags())
          .as("%s, not asked", question)
          .isEqualTo(ExtendedFlags.DO);
    }
  }

  @Test
  void aZoneThatIsNotSignedGivesNoCompactAnswers() {
    Backbone unsigned = new Backbone().serves(Samples.WWW, "lb-nyc");
    SignedAnswers askedThere = new SignedAnswers(unsigned, key);
    Message answer =
        askedThere.ask("none.lb.foobar.test.", Type.A, COMPACT_ANSWERS_OK, Transport.UDP);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
  }

  @Test
  void whatExistsWithoutTheTypeIsDeniedByItsTypes() throws Exception {
    Message between = ask("cdn.lb.foobar.test.", Type.A);
    assertThat(nsec(between).getTypes()).containsExactlyInAnyOrder(Type.RRSIG, Type.NSEC);
    assertValid(between);

    Message apex = ask("lb.foobar.test.", Type.TXT);
    assertThat(nsec(apex).getTypes())
        .containsExactlyInAnyOrder(
            Type.SOA, Type.NS, Type.DNSKEY, Type.CDS, Type.CDNSKEY, Type.RRSIG, Type.NSEC);
    assertValid(apex);
  }

  @Test
  void theKeyAndWhatTheParentIsToHaveOfItArePublished() throws Exception {
    assertThat(types(ask("lb.foobar.test.", Type.DNSKEY), Section.ANSWER))
        .containsExactly("DNSKEY", "RRSIG");
    Message cds = ask("lb.foobar.test.", Type.CDS);
    assertThat(types(cds, Section.ANSWER)).containsExactly("CDS", "RRSIG");
    assertValid(cds);
  }

  @Test
  void aNameIsDeniedInTheSameWordsWhateverIsAskedAndNothingThatIsThereIsDenied() throws Exception {
    signing = signing(10_000, 10_000);
    backbone.signs(ZONE, signing, key);
    for (String name :
        List.of(
            "lb.foobar.test.",
            "cdn.lb.foobar.test.",
            "ns.lb.foobar.test.",
            "lb-nyc.ns.lb.foobar.test.",
            "none.lb.foobar.test.",
            "a.b.none.lb.foobar.test.")) {
      Set<Integer> answered = new TreeSet<>();
      Set<String> proofs = new HashSet<>();
      List<NSECRecord> denied = new ArrayList<>();
      for (int type = 1; type < 270; type++) {
        if (type == Type.OPT || type == 128 || (type >= 249 && type <= 255)) {
          continue; // not types of records
        }
        Message answer = ask(name, type);
        if (type == Type.RRSIG) {
          assertThat(types(answer, Section.ANSWER)).as(name).containsExactly("RRSIG");
          continue;
        }
        assertValid(answer);
        if (answer.getSection(Section.ANSWER).isEmpty()) {
          NSECRecord proof = nsec(answer);
          assertThat(proof.hasType(type)).as("%s denies type %s", proof, type).isFalse();
          proofs.add(proof.toString());
          denied.add(proof);
        } else {
          answered.add(type);
        }
      }
      assertThat(proofs).as("proofs of %s", name).hasSize(1);
      Set<Integer> said = new TreeSet<>();
      for (int type : denied.getFirst().getTypes()) {
        said.add(type);
      }
      said.removeAll(Set.of(Type.RRSIG, 128));
      assertThat(said).as("types of %s", name).isEqualTo(answered);
    }
  }

  @Test
  void aBalancedNameHasAnNsecRecordBesideItsCname() throws Exception {
    Message answer = ask("www.lb.foobar.test.", Type.NSEC);

    assertThat(types(answer, Section.ANSWER)).containsExactly("NSEC", "RRSIG");
    NSECRecord nsec = (NSECRecord) answer.getSection(Section.ANSWER).getFirst();
    assertThat(nsec.getTypes()).containsExactlyInAnyOrder(Type.CNAME, Type.RRSIG, Type.NSEC);
    assertValid(answer);
    assertThat(types(ask("www.lb.foobar.test.", Type.RRSIG), Section.ANSWER))
        .containsExactly("RRSIG");
  }

  @Test
  void anyIsOneSetOfTheNameWithItsSignature() throws Exception {
    for (String name :
        List.of("lb.foobar.test.", "lb-nyc.ns.lb.foobar.test.", "www.lb.foobar.test.")) {
      Message answer = ask(name, Type.ANY);
      assertThat(types(answer, Section.ANSWER)).as(name).hasSize(2).endsWith("RRSIG");
      assertValid(answer);
    }
  }

  @Test
  void theTypeThatIsNoneIsAMistake() {
    assertThat(ask("www.lb.foobar.test.", 128).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  @Test
  void whatWasSignedOnceIsNotSignedAgainAlsoAfterAnotherCompilation() {
    ask("www.lb.foobar.test.", Type.A);
    backbone.loadBalancers = List.copyOf(backbone.loadBalancers.reversed().reversed());
    ask("WWW.lb.foobar.test.", Type.AAAA);
    ask("www.lb.foobar.test.", Type.MX);

    assertThat(signing.made()).isEqualTo(1);
    assertThat(signing.kept()).isEqualTo(1);
  }

  @Test
  void beyondTheBudgetUdpIsSentToTcpAndTcpToAnotherNodeWhileWhatIsKnownGoesOn() {
    ask("www.lb.foobar.test.", Type.A);
    for (int i = 0; i < 3; i++) {
      ask("gone" + i + ".lb.foobar.test.", Type.A);
    }

    Message udp = ask("other.lb.foobar.test.", Type.A);
    assertThat(udp.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(udp.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(ask("other.lb.foobar.test.", Type.A, 0, Transport.TCP).getRcode())
        .isEqualTo(Rcode.NOERROR);
    ask("another.lb.foobar.test.", Type.A, 0, Transport.TCP);
    assertThat(ask("yet-another.lb.foobar.test.", Type.A, 0, Transport.TCP).getRcode())
        .isEqualTo(Rcode.SERVFAIL);
    assertThat(types(ask("www.lb.foobar.test.", Type.A), Section.ANSWER)).contains("CNAME");

    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(nsec(ask("yet-another.lb.foobar.test.", Type.A)).hasType(128)).isTrue();
  }

  @Test
  void whatIsAskedForIsMadeAgainBeforeItEndsAndTheRestIsForgotten() {
    ask("www.lb.foobar.test.", Type.A);
    Record before = rrsig(ask("www.lb.foobar.test.", Type.A));
    ask("none.lb.foobar.test.", Type.A);
    backbone.timeline.advance(Duration.ofDays(8));

    signing.renew();
    Record renewed = rrsig(ask("www.lb.foobar.test.", Type.A));
    assertThat(renewed).isNotEqualTo(before);
    backbone.timeline.advance(Duration.ofDays(8));
    signing.renew();

    assertThat(signing.kept()).as("the denial was not asked for again").isEqualTo(1);
    assertThat(signing.made()).as("for questions").isEqualTo(3);
  }

  private Message ask(String name, int type) {
    return asked.ask(name, type);
  }

  private Message ask(String name, int type, int flags, Transport transport) {
    return asked.ask(name, type, flags, transport);
  }

  private static Record rrsig(Message message) {
    return message.getSection(Section.ANSWER).get(1);
  }

  private void assertValid(Message answer) throws DNSSEC.DNSSECException, IOException {
    asked.assertValid(answer);
  }
}
