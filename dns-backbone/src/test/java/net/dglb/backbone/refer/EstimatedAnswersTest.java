package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.decision.AdminState;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.Answering;
import net.dglb.service.HttpsBinding;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Resolvers that no load balancer announced, whose place is known. One stands in Tokyo, beside a
 * site; the nearest load balancer is London's, whose own site is London.
 */
class EstimatedAnswersTest {

  private static final String WWW = "www.lb.foobar.test.";
  private static final String SHOP = "shop.foobar.test.";
  private static final String TOKYO_RESOLVER = "198.18.77.53";
  private static final String LONDON = "192.0.2.1";
  private static final String TOKYO = "192.0.2.2";

  private final Backbone backbone =
      new Backbone()
          .serves(Samples.WWW, "lb-nyc", "lb-lon")
          .serves(Samples.WWW, "lb-lon", "lb-nyc")
          .serves(Samples.SHOP, "lb-nyc", "lb-lon")
          .serves(Samples.SHOP, "lb-lon", "lb-nyc");

  @BeforeEach
  void newYorkAndLondonMeasure() {
    backbone.loadBalancers =
        backbone.loadBalancers.stream()
            .map(lb -> lb.id().equals("lb-tyo") ? Samples.live(lb, false) : lb)
            .toList();
    backbone.indexes.locations(
        new FallbackTable.Builder(2)
            .located(Prefix.parse("198.18.77.0/24"), Samples.TOKYO)
            .located(Prefix.parse("198.18.78.0/24"), Samples.LONDON)
            .build());
    for (Service service : List.of(service(Samples.WWW.toString()), service("shop.foobar.test"))) {
      measured("lb-nyc", service, Map.of(LONDON, 70.0, TOKYO, 160.0));
      measured("lb-lon", service, Map.of(LONDON, 2.0, TOKYO, 220.0));
    }
  }

  private Service service(String name) {
    return backbone.zones.stream()
        .flatMap(zone -> zone.services().stream())
        .filter(it -> it.name().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void measured(String place, Service service, Map<String, Double> millis) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    service
        .sites()
        .forEach(site ->
            site.addresses()
                .forEach(address -> {
                  String first = site.addresses().getFirst().getHostAddress();
                  double latency = millis.getOrDefault(first, 1.0);
                  states.put(
                      new ProbeTarget(address, service.check()),
                      new SiteState(
                          Optional.of(new Estimate(latency, 0, 5, backbone.timeline.now())),
                          Health.UP));
                }));
    backbone.estimates.put(place, states);
  }

  private void down(String place, String address) {
    backbone.estimates.put(
        place,
        Map.of(
            new ProbeTarget(
                InetAddress.ofLiteral(address), service(Samples.WWW.toString()).check()),
            new SiteState(Optional.empty(), Health.DOWN)));
  }

  private void change(UnaryOperator<Service> change) {
    backbone.zones =
        backbone.zones.stream().map(zone -> Samples.withServices(zone, change)).toList();
  }

  private void referUnannounced() {
    change(it -> Samples.unannounced(it, Unannounced.REFER));
  }

  private Message ask(String name, int type) {
    return backbone.ask(name, type, TOKYO_RESOLVER);
  }

  /** As a resolver asks that has asked before, so that its place is estimated. */
  private Message askAgain(String name, int type) {
    Referrals referrals = backbone.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(name, type, null), TOKYO_RESOLVER);
    referrals.collectPlaces(backbone.places::wanted);
    backbone.places.tick();
    backbone.timeline.runDue();
    return ask(name, type);
  }

  private static List<String> answers(Message message) {
    return records(message, Section.ANSWER);
  }

  @Test
  void areAnsweredTheSiteThatIsBestForThemNotReferredToTheNearestLoadBalancer() {
    Message answer = askAgain(WWW, Type.A);
    assertThat(answers(answer)).containsExactly(WWW + " 300 A " + TOKYO);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(answers(ask(WWW, Type.AAAA)))
        .containsExactly(WWW + " 300 AAAA 2001:db8:0:0:0:0:0:2");
    assertThat(answers(backbone.askLabelAddress("lb-lon." + WWW, Type.A)))
        .as("what the nearest load balancer's label is answered with")
        .containsExactly("lb-lon." + WWW + " 300 A " + LONDON);
  }

  @Test
  void areReferredIfTheRegistrationSaysSo() {
    referUnannounced();
    assertThat(answers(askAgain(WWW, Type.A))).containsExactly(WWW + " 3600 CNAME lb-lon." + WWW);
  }

  @Test
  void areAnsweredSoByDirectServicesToo() {
    backbone.zones =
        List.of(Samples.direct(Samples.aliased(7)), Samples.direct(Samples.delegated(3)));
    assertThat(answers(ask(WWW, Type.A)))
        .as("until there is an estimate, as for the nearest load balancer, for a short time")
        .containsExactly(WWW + " 20 A " + LONDON);
    assertThat(answers(askAgain(WWW, Type.A))).containsExactly(WWW + " 300 A " + TOKYO);
    assertThat(answers(backbone.ask(WWW, Type.A)))
        .as("whoever is announced is answered by what is measured there")
        .containsExactly(WWW + " 300 A " + LONDON);
  }

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
  void haveNoRecordsOfOtherTypesButOneOfAny() {
    askAgain(WWW, Type.A);
    for (int type : new int[] {Type.TXT, Type.MX, Type.HTTPS, Type.CNAME, Type.DS}) {
      Message none = ask(WWW, type);
      assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(none.getSection(Section.ANSWER)).as(Type.string(type)).isEmpty();
      assertThat(records(none, Section.AUTHORITY)).singleElement().asString().contains(" SOA ");
    }
    assertThat(answers(ask(WWW, Type.ANY))).containsExactly(WWW + " 300 A " + TOKYO);
  }

  @Test
  void getHttpsRecordsOfTheSameDecision() {
    change(it ->
        new Service(
            it.name(),
            it.aliases(),
            it.mode(),
            it.sites(),
            it.check(),
            it.policy(),
            it.ttls(),
            it.probeCapPerSecond(),
            it.allDown(),
            new Answering(1, false, Optional.of(new HttpsBinding(List.of("h2"), true, 0))),
            it.unannounced()));
    assertThat(answers(askAgain(WWW, Type.HTTPS)))
        .singleElement()
        .asString()
        .startsWith(WWW + " 300 HTTPS ")
        .contains("ipv4hint=" + TOKYO);
  }

  @Test
  void getNoDataOfAFamilyWithoutASite() {
    change(it ->
        it.withSites(
            it.sites().stream()
                .map(site ->
                    new Site(site.id(), List.of(site.addresses().getFirst()), site.location()))
                .toList()));
    assertThat(answers(askAgain(WWW, Type.A))).containsExactly(WWW + " 300 A " + TOKYO);
    Message none = ask(WWW, Type.AAAA);
    assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(none.getSection(Section.ANSWER)).isEmpty();
    assertThat(records(none, Section.AUTHORITY)).singleElement().asString().contains(" SOA ");
  }

  @Test
  void getAddressesAtTheApexOfADelegatedZone() {
    assertThat(answers(askAgain(SHOP, Type.A))).containsExactly(SHOP + " 300 A " + TOKYO);
    assertThat(answers(ask(SHOP, Type.SOA))).hasSize(1);
    assertThat(answers(ask(SHOP, Type.NS))).hasSize(2);
    assertThat(answers(ask(SHOP, Type.MX))).isEmpty();
  }

  @Test
  void stillReachALabelThatTheyKnow() {
    askAgain(WWW, Type.A);
    assertThat(records(ask("lb-lon." + WWW, Type.A), Section.AUTHORITY))
        .anyMatch(it -> it.contains(" NS "));
  }

  @Test
  void areNeverAnsweredAByPassingSubnetThatOthersShareWithADifferentScope() {
    askAgain(WWW, Type.A);
    Message outside =
        Backbone.ask(
            Catalog.of(backbone.compile().zones()),
            Backbone.query(WWW, Type.A, "100.65.1.0/24"),
            TOKYO_RESOLVER);
    assertThat(answers(outside)).containsExactly(WWW + " 300 A " + TOKYO);
    assertThat(Backbone.scope(outside))
        .as("as long as tells the subnet from 100.64.0.0/16, which London announced")
        .isEqualTo(16);
    Message london =
        Backbone.ask(
            Catalog.of(backbone.compile().zones()),
            Backbone.query(WWW, Type.A, "100.64.1.0/24"),
            TOKYO_RESOLVER);
    assertThat(answers(london)).containsExactly(WWW + " 3600 CNAME lb-lon." + WWW);
    assertThat(Backbone.scope(london)).isEqualTo(16);
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
            backbone.places, new LabelRankings(backbone.estimates, () -> Sayings.NONE, 20));
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

  private void wait(Duration time) {
    backbone.timeline.advance(time);
  }
}
