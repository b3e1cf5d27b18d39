package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static net.dglb.backbone.refer.Backbone.scope;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ReferralZoneTest {

  private final Backbone backbone =
      new Backbone().serves(Samples.WWW, "lb-nyc", "lb-lon").serves(Samples.SHOP, "lb-nyc");

  @Test
  void namesTheLabelOfTheLoadBalancerThatAnnouncedTheResolver() {
    Message answer = backbone.ask("www.lb.foobar.test.", Type.A);

    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(records(answer, Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void putsTheReferralOfTheLabelBesideTheCname() {
    Message answer = backbone.ask("www.lb.foobar.test.", Type.AAAA);

    assertThat(records(answer, Section.AUTHORITY))
        .containsExactly(
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-nyc.ns.lb.foobar.test.",
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.");
    assertThat(records(answer, Section.ADDITIONAL))
        .containsExactlyInAnyOrder(
            "lb-nyc.ns.lb.foobar.test. 3600 A 198.18.1.1",
            "lb-nyc.ns.lb.foobar.test. 3600 AAAA 2001:db8:1:0:0:0:0:1",
            "lb-lon.ns.lb.foobar.test. 3600 A 198.18.2.1",
            "lb-lon.ns.lb.foobar.test. 3600 AAAA 2001:db8:2:0:0:0:0:1");
  }

  @Test
  void refersALabelToItsHoldersWithGlueOfBothFamilies() {
    Message answer = backbone.ask("lb-nyc.www.lb.foobar.test.", Type.A);

    assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(records(answer, Section.ANSWER)).isEmpty();
    assertThat(records(answer, Section.AUTHORITY))
        .containsExactly(
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-nyc.ns.lb.foobar.test.",
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.");
    assertThat(records(answer, Section.ADDITIONAL)).hasSize(4);
  }

  @Test
  void refersNamesBelowALabelAtTheLabel() {
    Message answer = backbone.ask("x.y.lb-nyc.www.lb.foobar.test.", Type.TXT);

    assertThat(records(answer, Section.AUTHORITY))
        .contains("lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.");
  }

  @Test
  void theLabelAddressJoinsASetOfOneAndServesALabelThatNobodyHoldsForAShortTime() {
    assertThat(records(backbone.ask("lb-nyc.shop.foobar.test.", Type.A), Section.AUTHORITY))
        .containsExactly(
            "lb-nyc.shop.foobar.test. 3600 NS lb-nyc.ns.shop.foobar.test.",
            "lb-nyc.shop.foobar.test. 3600 NS label.ns.shop.foobar.test.");
    assertThat(records(backbone.ask("lb-tyo.www.lb.foobar.test.", Type.A), Section.AUTHORITY))
        .containsExactly("lb-tyo.www.lb.foobar.test. 20 NS label.ns.lb.foobar.test.");
  }

  @Test
  void aLabelThatNobodyVerifiedIsNamedWithAShortTtl() {
    Message answer = backbone.ask("img.cdn.lb.foobar.test.", Type.A);

    assertThat(records(answer, Section.ANSWER))
        .containsExactly("img.cdn.lb.foobar.test. 20 CNAME lb-nyc.img.cdn.lb.foobar.test.");
    assertThat(records(answer, Section.ADDITIONAL))
        .contains("label.ns.lb.foobar.test. 20 A 198.18.0.2");
  }

  @Test
  void withoutAnyLoadBalancerTheBackbonesOwnLabelAnswers() {
    backbone.loadBalancers = backbone.loadBalancers.subList(0, 1);

    assertThat(records(backbone.ask("www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 20 CNAME label.www.lb.foobar.test.");
  }

  @Test
  void aDeadLoadBalancerIsPassedOverAndItsLabelGoesToTheBackups() {
    List<LoadBalancer> all = new ArrayList<>(backbone.loadBalancers);
    all.set(1, Samples.live(all.get(1), false));
    backbone.loadBalancers = all;
    backbone.served.clear();
    backbone.served.add(new ServedLabel(Samples.WWW, "lb-nyc", false, List.of("lb-lon")));
    backbone.serves(Samples.WWW, "lb-lon");

    assertThat(records(backbone.ask("www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-lon.www.lb.foobar.test.");
    assertThat(records(backbone.ask("lb-nyc.www.lb.foobar.test.", Type.A), Section.AUTHORITY))
        .containsExactly(
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.",
            "lb-nyc.www.lb.foobar.test. 3600 NS label.ns.lb.foobar.test.");
  }

  @Test
  void theLabelAddressServesALabelWhoseHoldersNobodyHasHeardYet() {
    backbone.loadBalancers =
        backbone.loadBalancers.stream()
            .map(lb -> lb.isBackbone() ? lb : Samples.presence(lb, Presence.PRESUMED))
            .toList();

    assertThat(records(backbone.ask("lb-nyc.www.lb.foobar.test.", Type.A), Section.AUTHORITY))
        .containsExactly("lb-nyc.www.lb.foobar.test. 20 NS label.ns.lb.foobar.test.");
    assertThat(records(backbone.ask("www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void aResolverOfKnownLocationIsReferredByEstimateOnceItIsMade() {
    backbone.zones = List.of(Samples.referring(Samples.aliased(7)));
    backbone.indexes.locations(
        new FallbackTable.Builder(1)
            .located(Prefix.parse("8.8.4.0/24"), new Location(48.9, 2.4))
            .build());
    backbone
        .serves(Samples.WWW, "lb-nyc", "lb-lon")
        .serves(Samples.WWW, "lb-lon", "lb-nyc")
        .serves(Samples.WWW, "lb-tyo", "lb-lon");
    measures("lb-nyc", 70, 160);
    measures("lb-lon", 400, 220);
    measures("lb-tyo", 220, 2);

    assertThat(chosenFor(Backbone.UNKNOWN_RESOLVER)).as("the nearest").isEqualTo("lb-lon");

    backbone.compile().collectPlaces(backbone.places::wanted);
    backbone.places.tick();
    backbone.timeline.runDue();

    assertThat(chosenFor(Backbone.UNKNOWN_RESOLVER)).as("it answers London").isEqualTo("lb-nyc");
    assertThat(chosenFor(Backbone.NEW_YORK_RESOLVER)).isEqualTo("lb-nyc");
  }

  @Test
  void resolversOfALongLostLoadBalancerAreReferredByEstimateAndItsLabelIsStillAnswered() {
    backbone.zones = List.of(Samples.referring(Samples.aliased(7)));
    List<LoadBalancer> all = new ArrayList<>(backbone.loadBalancers);
    all.set(1, Samples.presence(all.get(1), Presence.LONG_LOST));
    backbone.loadBalancers = all;
    backbone.served.clear();
    backbone.served.add(new ServedLabel(Samples.WWW, "lb-nyc", true, List.of("lb-lon")));
    backbone.serves(Samples.WWW, "lb-lon").serves(Samples.WWW, "lb-tyo");
    measures("lb-lon", 400, 220);
    measures("lb-tyo", 220, 2);
    assertThat(chosenFor(Backbone.NEW_YORK_RESOLVER)).as("the nearest").isEqualTo("lb-lon");

    backbone.compile().collectPlaces(backbone.places::wanted);
    assertThat(backbone.places.size()).isEqualTo(1);

    assertThat(records(backbone.ask("lb-nyc.www.lb.foobar.test.", Type.A), Section.AUTHORITY))
        .contains("lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.");
  }

  /** Latencies of the sites in London and in Tokyo. */
  private void measures(String loadBalancer, double london, double tokyo) {
    Map<ProbeTarget, SiteState> report = new HashMap<>();
    Samples.service(Samples.WWW)
        .targets()
        .forEach(target -> {
          boolean first = target.address().getHostAddress().endsWith("1");
          Estimate estimate = new Estimate(first ? london : tokyo, 0, 9, Backbone.NOW);
          report.put(target, new SiteState(Optional.of(estimate), Health.UP, false));
        });
    backbone.estimates.put(loadBalancer, report);
  }

  private String chosenFor(String resolver) {
    String cname =
        records(backbone.ask("www.lb.foobar.test.", Type.A, resolver), Section.ANSWER).getFirst();
    return cname.substring(cname.lastIndexOf(' ') + 1, cname.lastIndexOf(".www.lb.foobar.test."));
  }

  @Test
  void answersTheApexFromTheZone() {
    assertThat(records(backbone.ask("lb.foobar.test.", Type.NS), Section.ANSWER))
        .containsExactly(
            "lb.foobar.test. 86400 NS b1.dglb.test.", "lb.foobar.test. 86400 NS b2.dglb.test.");
    assertThat(records(backbone.ask("lb.foobar.test.", Type.SOA), Section.ANSWER))
        .singleElement()
        .asString()
        .contains("SOA b1.dglb.test. hostmaster.dglb.test. 7 ");
    assertNoData(backbone.ask("lb.foobar.test.", Type.A), "lb.foobar.test.");
  }

  @Test
  void inTheDelegatedFormEverythingButTheZonesOwnTypesIsTheCname() {
    for (int type : new int[] {Type.A, Type.AAAA, Type.MX, Type.TXT, Type.CAA}) {
      assertThat(records(backbone.ask("shop.foobar.test.", type), Section.ANSWER))
          .containsExactly("shop.foobar.test. 3600 CNAME lb-nyc.shop.foobar.test.");
    }
    assertThat(records(backbone.ask("shop.foobar.test.", Type.NS), Section.ANSWER)).hasSize(2);
    assertThat(records(backbone.ask("shop.foobar.test.", Type.SOA), Section.ANSWER)).hasSize(1);
    assertNoData(backbone.ask("shop.foobar.test.", Type.DNSKEY), "shop.foobar.test.");
    assertNoData(backbone.ask("shop.foobar.test.", Type.DS), "shop.foobar.test.");
    assertNoData(backbone.ask("ns.shop.foobar.test.", Type.A), "shop.foobar.test.");
  }

  @Test
  void servesTheNameServersOwnNames() {
    assertThat(records(backbone.ask("lb-lon.ns.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("lb-lon.ns.lb.foobar.test. 3600 A 198.18.2.1");
    assertThat(records(backbone.ask("label.ns.lb.foobar.test.", Type.AAAA), Section.ANSWER))
        .containsExactly("label.ns.lb.foobar.test. 3600 AAAA 2001:db8:b:0:0:0:0:2");
    assertNoData(backbone.ask("lb-lon.ns.lb.foobar.test.", Type.MX), "lb.foobar.test.");
    assertNameError(backbone.ask("nobody.ns.lb.foobar.test.", Type.A));
    assertNameError(backbone.ask("x.lb-lon.ns.lb.foobar.test.", Type.A));
  }

  @Test
  void answersAnyWithOneSetOfTheNameAndNeverAsIfTheNameHadNone() {
    assertThat(records(backbone.ask("lb.foobar.test.", Type.ANY), Section.ANSWER))
        .singleElement()
        .asString()
        .startsWith("lb.foobar.test. 3600 SOA ");
    assertThat(records(backbone.ask("lb-lon.ns.lb.foobar.test.", Type.ANY), Section.ANSWER))
        .containsExactly("lb-lon.ns.lb.foobar.test. 3600 A 198.18.2.1");
    assertThat(records(backbone.ask("www.lb.foobar.test.", Type.ANY), Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-nyc.www.lb.foobar.test.");
    assertThat(records(backbone.ask("shop.foobar.test.", Type.ANY), Section.ANSWER))
        .containsExactly("shop.foobar.test. 3600 CNAME lb-nyc.shop.foobar.test.");
    assertNoData(backbone.ask("cdn.lb.foobar.test.", Type.ANY), "lb.foobar.test.");
  }

  @Test
  void tellsEmptyNonTerminalsFromNamesThatAreNotThere() {
    assertNoData(backbone.ask("cdn.lb.foobar.test.", Type.A), "lb.foobar.test.");
    assertNoData(backbone.ask("ns.lb.foobar.test.", Type.A), "lb.foobar.test.");
    assertNameError(backbone.ask("nothing.lb.foobar.test.", Type.A));
    assertNameError(backbone.ask("nobody.www.lb.foobar.test.", Type.A));
    assertNoData(backbone.ask("lb-nyc.www.lb.foobar.test.", Type.DS), "lb.foobar.test.");
  }

  @Test
  void echoesTheCaseOfTheQuestion() {
    Message answer = backbone.ask("WwW.lB.fooBAR.test.", Type.A);

    assertThat(answer.getQuestion().getName().toString()).isEqualTo("WwW.lB.fooBAR.test.");
    assertThat(records(answer, Section.ANSWER))
        .containsExactly("WwW.lB.fooBAR.test. 3600 CNAME lb-nyc.WwW.lB.fooBAR.test.");
  }

  @Test
  void aCnameChosenByClientSubnetStandsAloneWithItsExactScope() {
    backbone.serves(Samples.WWW, "lb-lon");

    Message answer = backbone.askFor("www.lb.foobar.test.", "100.64.1.0/24");

    assertThat(records(answer, Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-lon.www.lb.foobar.test.");
    assertThat(records(answer, Section.AUTHORITY)).isEmpty();
    assertThat(records(answer, Section.ADDITIONAL)).isEmpty();
    assertThat(scope(answer)).isEqualTo(16);
  }

  @Test
  void aClientThatNobodyAnnouncedIsAnsweredByItsResolverWithTheScopeForWhichThatHolds() {
    Message answer = backbone.askFor("www.lb.foobar.test.", "100.65.1.0/24");

    assertThat(records(answer, Section.ANSWER))
        .containsExactly("www.lb.foobar.test. 3600 CNAME lb-nyc.www.lb.foobar.test.");
    assertThat(scope(answer)).isEqualTo(16);
  }

  @Test
  void referralsAndDenialsHaveScopeZero() {
    for (String name : List.of("lb-nyc.www", "nobody.www", "nothing", "cdn", "lb-nyc.ns")) {
      assertThat(scope(backbone.askFor(name + ".lb.foobar.test.", "100.64.1.0/24")))
          .as(name)
          .isZero();
    }
  }

  @Test
  void aResolverThatNobodyAnnouncedGetsTheSameLoadBalancerEachTime() {
    for (String lb : List.of("lb-nyc", "lb-lon", "lb-tyo")) {
      backbone.serves(Samples.WWW, lb);
    }
    List<String> first =
        records(
            backbone.ask("www.lb.foobar.test.", Type.A, Backbone.UNKNOWN_RESOLVER), Section.ANSWER);

    assertThat(first).hasSize(1);
    assertThat(records(backbone.ask("www.lb.foobar.test.", Type.A, "8.8.4.200"), Section.ANSWER))
        .as("a neighbour in the same /24")
        .isEqualTo(first);
  }

  @Test
  void marksTheDemandForTheNearestLoadBalancerAndForLabelsAskedFor() {
    List<String> demanded = new ArrayList<>();
    Referrals referrals = backbone.compile();
    ask(referrals, "img.cdn.lb.foobar.test.");
    ask(referrals, "lb-tyo.www.lb.foobar.test.");

    referrals.collectDemand((service, lb) -> demanded.add(lb + "." + service));

    assertThat(demanded)
        .containsExactlyInAnyOrder("lb-nyc.img.cdn.lb.foobar.test", "lb-tyo.www.lb.foobar.test");
    demanded.clear();
    referrals.collectDemand((service, lb) -> demanded.add(lb + "." + service));
    assertThat(demanded).isEmpty();
  }

  @Test
  void questionsOnTheWayThereAreNoDemand() {
    Referrals referrals = backbone.compile();
    for (String name :
        List.of(
            "lb.foobar.test.",
            "cdn.lb.foobar.test.",
            "ns.lb.foobar.test.",
            "lb-nyc.ns.lb.foobar.test.",
            "none.lb.foobar.test.")) {
      ask(referrals, name);
    }

    List<String> demanded = new ArrayList<>();
    referrals.collectDemand((service, lb) -> demanded.add(lb + "." + service));
    assertThat(demanded).isEmpty();
  }

  private static void ask(Referrals referrals, String name) {
    new InProcessServer(Catalog.of(referrals.zones()))
        .ask(
            Backbone.query(name, Type.A, null).toWire(),
            InetAddress.ofLiteral(Backbone.NEW_YORK_RESOLVER),
            Transport.UDP);
  }

  private static void assertNoData(Message answer, String apex) {
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertNegative(answer, apex);
  }

  private static void assertNameError(Message answer) {
    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertNegative(answer, DomainName.of("lb.foobar.test") + ".");
  }

  private static void assertNegative(Message answer, String apex) {
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(records(answer, Section.ANSWER)).isEmpty();
    assertThat(records(answer, Section.AUTHORITY))
        .singleElement()
        .asString()
        .startsWith(apex + " 60 SOA ");
  }
}
