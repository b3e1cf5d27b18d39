package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.decision.AdminState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How the answers to resolvers that no load balancer announced follow what happens. */
class EstimatedAnswersFollowTest extends UnannouncedInTokyo {

  @Test
  void areReferredForAShortTimeUntilThereIsAnEstimate() {
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 20 CNAME lb-lon." + WWW);
    assertThat(answers(backbone.ask(WWW, Type.A)))
        .as("others as long as ever")
        .containsExactly(WWW + " 3600 CNAME lb-nyc." + WWW);
  }

  @Test
  void areReferredForAShortTimeWhereNothingIsMeasuredYet() {
    Backbone unmeasured = new Backbone().serves(Samples.WWW, "lb-lon");
    unmeasured.loadBalancers = backbone.loadBalancers;
    unmeasured.indexes.locations(
        new FallbackTable.Builder(1)
            .located(Prefix.parse("198.18.77.0/24"), Samples.TOKYO)
            .build());
    Referrals referrals = unmeasured.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(WWW, Type.A, null), TOKYO_RESOLVER);
    referrals.collectPlaces(unmeasured.places::wanted);
    unmeasured.places.tick();
    unmeasured.timeline.runDue();
    assertThat(answers(unmeasured.ask(WWW, Type.A, TOKYO_RESOLVER)))
        .containsExactly(WWW + " 20 CNAME lb-lon." + WWW);
  }

  @Test
  void followWhatOperatorsSayAtOnce() {
    askAgain(WWW, Type.A);
    backbone.said =
        Sayings.NONE.with(
            new Saying(SitePattern.parse("tokyo"), AdminState.DOWN, "ann", "fire", Backbone.NOW));
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 300 A " + LONDON);
    backbone.said = Sayings.NONE;
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 300 A " + TOKYO);
  }

  @Test
  void leaveASiteThatMostLoadBalancersAroundHoldDown() {
    askAgain(WWW, Type.A);
    down("lb-lon", TOKYO);
    wait(Duration.ofSeconds(3));
    assertThat(answers(ask(WWW, Type.A))).as("one of two").containsExactly(WWW + " 300 A " + TOKYO);
    down("lb-nyc", TOKYO);
    wait(Duration.ofSeconds(3));
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 300 A " + LONDON);
  }

  @Test
  void areAnsweredByTheRuleForWhenAllIsDown() {
    askAgain(WWW, Type.A);
    for (String address : List.of(LONDON, TOKYO)) {
      down("lb-lon", address);
      down("lb-nyc", address);
    }
    wait(Duration.ofSeconds(3));
    assertThat(answers(ask(WWW, Type.A)))
        .as("last good, for a short time")
        .containsExactly(WWW + " 20 A " + TOKYO);
  }

  @Test
  void getSignaturesInASignedZone() throws Exception {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    OnlineSigning signing =
        new OnlineSigning(
            SigningSettings.DEFAULT, backbone.timeline::now, new Random(1), System::nanoTime);
    backbone.signs(DomainName.of("lb.foobar.test"), signing, key);
    SignedAnswers asked = new SignedAnswers(backbone, key);
    assertThat(answers(askAgain(WWW, Type.A))).containsExactly(WWW + " 300 A " + TOKYO);

    Message answer = asked.askFrom(TOKYO_RESOLVER, WWW, Type.A);
    assertThat(SignedAnswers.types(answer, Section.ANSWER)).containsExactly("A", "RRSIG");
    asked.assertValid(answer);
    Message none = asked.askFrom(TOKYO_RESOLVER, WWW, Type.TXT);
    assertThat(SignedAnswers.types(none, Section.AUTHORITY))
        .containsExactlyInAnyOrder("SOA", "RRSIG", "NSEC", "RRSIG");
    assertThat(SignedAnswers.nsec(none).hasType(Type.A)).isTrue();
    assertThat(SignedAnswers.nsec(none).hasType(Type.CNAME)).isFalse();
    asked.assertValid(none);
    Message referred = asked.ask(WWW, Type.A);
    assertThat(SignedAnswers.types(referred, Section.ANSWER)).containsExactly("CNAME", "RRSIG");
    asked.assertValid(referred);
  }

  @Test
  void areForgottenWhenNobodyAsksAndEstimatedAgainWhenSomebodyDoes() {
    askAgain(WWW, Type.A);
    wait(Duration.ofMinutes(61));
    for (Service service : List.of(service(Samples.WWW.toString()))) {
      measured("lb-nyc", service, Map.of(LONDON, 70.0, TOKYO, 160.0));
      measured("lb-lon", service, Map.of(LONDON, 2.0, TOKYO, 220.0));
    }
    backbone.compile();
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 20 CNAME lb-lon." + WWW);
    assertThat(answers(askAgain(WWW, Type.A))).containsExactly(WWW + " 300 A " + TOKYO);
  }

  @Test
  void makeNothingNewWhileNothingChanges() {
    askAgain(WWW, Type.A);
    Service www = service(Samples.WWW.toString());
    Places places = backbone.indexes.compile(backbone.loadBalancers).places();
    PlaceRankings rankings =
        new PlaceRankings(
            backbone.places,
            new LabelRankings(backbone.estimates, () -> Sayings.NONE, new ObservedAnswers(), 20));
    PlaceTable<AddressSets> first = answers(rankings, www, places);
    assertThat(answers(rankings, www, places)).isSameAs(first);

    wait(Duration.ofSeconds(3));
    measured("lb-nyc", www, Map.of(LONDON, 71.0, TOKYO, 161.0));
    assertThat(answers(rankings, www, places)).as("all are as healthy").isSameAs(first);

    wait(Duration.ofSeconds(3));
    down("lb-nyc", TOKYO);
    down("lb-lon", TOKYO);
    assertThat(answers(rankings, www, places)).isNotSameAs(first);
  }

  private PlaceTable<AddressSets> answers(PlaceRankings rankings, Service service, Places places) {
    rankings.begin(backbone.loadBalancers);
    PlaceTable<AddressSets> answers = rankings.answers(service, places, backbone.timeline.now());
    rankings.forgetUnused();
    return answers;
  }

  @Test
  void askForTheLabelOfTheirNearestLoadBalancerSoThatItMeasures() {
    askAgain(WWW, Type.A);
    Referrals referrals = backbone.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(WWW, Type.A, null), TOKYO_RESOLVER);
    List<String> asked = new ArrayList<>();
    referrals.collectDemand((service, id) -> asked.add(id + " " + service));
    assertThat(asked).containsExactly("lb-lon www.lb.foobar.test");
    List<String> places = new ArrayList<>();
    referrals.collectPlaces((service, place) -> places.add(service.name() + " " + place));
    assertThat(places).hasSize(1);
  }

  @Test
  void askForASetByOneOfItsServicesThatAnswersThemSoThatItIsMeasuredAround() {
    Service www = Samples.service(Samples.WWW);
    DomainName img = DomainName.of("img.cdn.lb.foobar.test");
    Service answered =
        new Service(
            img,
            List.of(),
            www.mode(),
            www.sites(),
            www.check(),
            www.policy(),
            www.ttls(),
            www.probeCapPerSecond());
    backbone.zones =
        List.of(
            Samples.withServices(
                Samples.aliased(8),
                it ->
                    it.name().equals(Samples.WWW)
                        ? Samples.unannounced(www, Unannounced.REFER)
                        : answered));
    Referrals referrals = backbone.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(WWW, Type.A, null), TOKYO_RESOLVER);
    List<DomainName> places = new ArrayList<>();
    referrals.collectPlaces((service, _) -> places.add(service.name()));
    assertThat(places).containsExactly(img);
  }

  @Test
  void countInADryRunIfTheirAnswerWouldChange() {
    askAgain(WWW, Type.A);
    EnterpriseZone now = backbone.zones.getFirst();

    assertThat(touched(it -> it)).isEqualTo(TouchedPrefixes.NONE);
    assertThat(touched(it -> Samples.unannounced(it, Unannounced.REFER)))
        .as("every known place, and nobody else")
        .isEqualTo(new TouchedPrefixes(0, 0, 2, true));
    assertThat(touched(it -> it.withSites(List.of(it.sites().getFirst()))))
        .as("the resolver in Tokyo, of whose service the site in Tokyo is taken away")
        .isEqualTo(new TouchedPrefixes(0, 0, 1, true));
    assertThat(now).isEqualTo(backbone.zones.getFirst());
  }

  private TouchedPrefixes touched(UnaryOperator<Service> change) {
    return backbone.touched(Samples.withServices(backbone.zones.getFirst(), change));
  }
}
