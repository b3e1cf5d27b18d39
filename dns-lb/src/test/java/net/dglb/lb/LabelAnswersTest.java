package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.dglb.dns.serve.Catalog;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.service.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LabelAnswersTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;
  private static final Duration ROUND = Duration.ofSeconds(2);

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @Test
  void answersItsOwnLabelWithTheFastestSiteOfEachFamily() {
    network.measuredOwnLabel();
    Message answer = network.ask(OWN, Type.A);
    assertThat(answer.getHeader().getFlag(org.xbill.DNS.Flags.AA)).isTrue();
    assertThat(answer.getSection(Section.ANSWER))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.rdataToString()).isEqualTo(Network.NEW_YORK);
          assertThat(record.getTTL()).isEqualTo(300);
        });
  }

  @Test
  void anotherAnswerIsGivenWithoutAnotherCatalogOfAllLabels() {
    network.measuredOwnLabel();
    Catalog before = network.catalog().get();
    network.sites.answersAfter(Network.NEW_YORK, 300);
    network.pass(Duration.ofMinutes(5));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    assertThat(network.catalog().get()).isSameAs(before);
  }

  @Test
  void ranksAFamilyThatCannotBeProbedFromHereByTheOtherOne() {
    network.sites.answersAfter(Network.FRANKFURT, 3);
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    assertThat(network.answers(OWN, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:2");
    assertThat(network.ask(OWN, Type.AAAA).getSection(Section.ANSWER).getFirst().getTTL())
        .isEqualTo(300);
  }

  @Test
  void servesItsNameServersNoLongerThanTheBackboneRefers() {
    network.measuredOwnLabel();
    assertThat(network.ask(OWN, Type.NS).getSection(Section.ANSWER))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.getTTL()).isEqualTo(1800));
    assertThat(network.answers(OWN, Type.NS))
        .containsExactlyInAnyOrder("lb-nyc-1.ns.lb.foobar.test.", "lb-tyo-1.ns.lb.foobar.test.");
  }

  @Test
  void saysNoDataForATypeItHasNotAndRefusesForeignNames() {
    network.measuredOwnLabel();
    Message txt = network.ask(OWN, Type.TXT);
    assertThat(txt.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(txt.getSection(Section.ANSWER)).isEmpty();
    assertThat(txt.getSection(Section.AUTHORITY))
        .singleElement()
        .satisfies(record -> {
          SOARecord soa = (SOARecord) record;
          assertThat(soa.getMinimum()).as("as long as addresses").isEqualTo(300);
          assertThat(soa.getTTL()).isEqualTo(300);
        });
    assertThat(network.ask("below." + OWN, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(network.ask("www.example.org", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void answersShortlyAndSaysSoBeforeAnythingIsMeasured() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(1));
    network.assign(session, "lb-nyc-1");
    network.pass(Duration.ofMillis(55));
    network.sites.dies(Network.NEW_YORK);
    InMemorySession other = network.open("backbone-2");
    network.assign(other, "lb-tyo-1");
    network.pass(Duration.ofMillis(55));
    Message answer = network.ask(OTHER, Type.A);
    assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isLessThanOrEqualTo(20);
    assertThat(answer.getOPT().getOptions(org.xbill.DNS.EDNSOption.Code.EDNS_EXTENDED_ERROR))
        .singleElement()
        .satisfies(option ->
            assertThat(((ExtendedErrorCodeOption) option).getText()).contains("not measured"));
  }

  @Test
  void answersABackedUpLabelFromItsPlacesEstimatesNotFromItsOwn() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.NEW_YORK, 150);
    network.pass(ROUND);
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void choosesNoSiteForABackedUpLabelThatIsDownFromHere() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.NEW_YORK, 150);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void trustsThePlaceWhenEverySiteLooksDownFromHere() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.NEW_YORK, 150);
    network.sites.dies(Network.NEW_YORK);
    network.sites.dies(Network.FRANKFURT);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);
  }

  @Test
  void answersWithoutADeadSiteWithinOneIntervalAndFiveQuickLooks() {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5));
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMillis(1100 * (30 + 5 * 6) + 1000));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
  }

  /** Whoever asks keeps the answer for its TTL: until when does anybody have the silent site's? */
  @ParameterizedTest(name = "silent {0} s after a whole minute")
  @ValueSource(ints = {0, 4, 8, 12, 16, 20, 24, 28})
  void nobodyHasASilentSiteLongerThanFallTimesTheIntervalAndOneTtl(int offset) {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5).plusSeconds(offset));
    network.sites.fallsSilent(Network.NEW_YORK);
    Duration interval = Duration.ofSeconds(30);
    Duration seenWithin = interval.multipliedBy(HealthCheck.USUAL_FALL);
    long seconds = 0;
    long keptUntil = 0;
    while (network.answers(OWN, Type.A).equals(List.of(Network.NEW_YORK))) {
      assertThat(Duration.ofSeconds(seconds)).as("still answered").isLessThan(seenWithin);
      keptUntil = Math.max(keptUntil, seconds + ttl());
      network.pass(Duration.ofSeconds(1));
      seconds++;
    }
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    assertThat(Duration.ofSeconds(keptUntil))
        .isLessThanOrEqualTo(seenWithin.plusSeconds(300))
        .as("without a shorter TTL while health changes it would be longer")
        .isLessThanOrEqualTo(Duration.ofSeconds(33 + 5 + 300));
    assertThat(Duration.ofSeconds(seconds))
        .as("as soon as three failures in a row would at the usual pace")
        .isLessThanOrEqualTo(interval.multipliedBy(3));
  }

  @Test
  void keepsAnswersShortlyWhileTheSiteIsFailing() {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5));
    assertThat(ttl()).isEqualTo(300);
    network.sites.dies(Network.NEW_YORK);
    for (int second = 0; second < 34 && ttl() == 300; second++) {
      network.pass(Duration.ofSeconds(1));
    }
    assertThat(network.answers(OWN, Type.A)).as("not yet down").containsExactly(Network.NEW_YORK);
    assertThat(ttl()).isEqualTo(30);
    network.sites.answersAfter(Network.NEW_YORK, 10);
    network.pass(Duration.ofMinutes(2));
    assertThat(ttl()).isEqualTo(300);
  }

  private long ttl() {
    return network.ask(OWN, Type.A).getSection(Section.ANSWER).getFirst().getTTL();
  }

  @Test
  void answersWithoutADrainedSiteAtOnceAndAfterARestart() {
    network.measuredOwnLabel();
    network.say("newyork", "drain");
    network.pass(Duration.ofSeconds(1));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    network.restart();
    network.pass(Duration.ofSeconds(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    network.say("newyork", "probed");
    network.pass(Duration.ofSeconds(1));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void goesOnWithTheLastGoodOrderAndSaysSoWhenEverySiteIsDown() {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5));
    network.sites.dies(Network.NEW_YORK);
    network.sites.dies(Network.FRANKFURT);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(2));
    Message answer = network.ask(OWN, Type.A);
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(20);
    assertThat(answer.getOPT().getOptions(org.xbill.DNS.EDNSOption.Code.EDNS_EXTENDED_ERROR))
        .hasSize(1);
  }

  @Test
  void showsEachLabelWithItsBasisItsWinnerAndTheReasons() {
    network.measuredOwnLabel();
    assertThat(network.loadBalancer().status().parts().toString())
        .contains(OWN)
        .contains("basis=MEASURED")
        .contains("winner-ipv4=newyork")
        .contains("lowest score")
        .as("words of names are joined as those of every other node")
        .doesNotContainPattern("[a-z0-9]_[a-z0-9_]+=");
  }
}
