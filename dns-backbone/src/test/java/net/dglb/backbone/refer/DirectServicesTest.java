package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.dglb.backbone.Samples;
import net.dglb.decision.AdminState;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Services whose addresses the backbone answers itself. */
class DirectServicesTest {

  private static final String WWW = "www.lb.foobar.test.";
  private static final String LONDON = "192.0.2.1";
  private static final String TOKYO = "192.0.2.2";
  private static final String LONDON_RESOLVER = "198.51.100.53";

  private final Backbone backbone =
      new Backbone()
          .serves(Samples.WWW, "lb-nyc", "lb-lon")
          .serves(Samples.WWW, "lb-lon", "lb-nyc");

  @BeforeEach
  void bothPlacesMeasure() {
    backbone.zones =
        List.of(Samples.direct(Samples.aliased(7)), Samples.direct(Samples.delegated(3)));
    measured("lb-nyc", "192.0.2.1", 10);
    measured("lb-nyc", "192.0.2.2", 80);
    measured("lb-lon", "192.0.2.1", 80);
    measured("lb-lon", "192.0.2.2", 10);
  }

  private void measured(String place, String address, double millis) {
    state(
        place,
        address,
        new SiteState(Optional.of(new Estimate(millis, 0, 5, Backbone.NOW)), Health.UP));
  }

  private void state(String place, String address, SiteState state) {
    backbone.estimates.put(
        place,
        Map.of(
            new ProbeTarget(InetAddress.ofLiteral(address), Samples.service(Samples.WWW).check()),
            state));
  }

  @Test
  void areAnsweredWithTheBestSiteForThePlaceOfWhoeverAsks() {
    Message newYork = backbone.ask(WWW, Type.A);
    assertThat(newYork.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(records(newYork, Section.ANSWER)).containsExactly(WWW + " 300 A 192.0.2.1");
    assertThat(newYork.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(records(backbone.ask(WWW, Type.A, LONDON_RESOLVER), Section.ANSWER))
        .containsExactly(WWW + " 300 A 192.0.2.2");
  }

  @Test
  void followTheClientsSubnetWithAnExactScope() {
    Message answer = backbone.askFor(WWW, "100.64.7.0/24");
    assertThat(records(answer, Section.ANSWER)).containsExactly(WWW + " 300 A 192.0.2.2");
    ClientSubnetOption echoed =
        (ClientSubnetOption) answer.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET).getFirst();
    assertThat(echoed.getScopePrefixLength()).isEqualTo(16);
  }

  @Test
  void haveNoRecordsOfOtherTypesAndKeepTheirLabels() {
    Message none = backbone.ask(WWW, Type.MX);
    assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(none.getSection(Section.ANSWER)).isEmpty();
    assertThat(records(none, Section.AUTHORITY)).singleElement().asString().contains(" SOA ");
    assertThat(records(backbone.ask("lb-nyc." + WWW, Type.A), Section.AUTHORITY))
        .anyMatch(it -> it.contains(" NS "));
  }

  @Test
  void mayStandAtTheApexOfTheirZoneBesideItsSoa() {
    Message answer = backbone.ask("shop.foobar.test.", Type.A);
    assertThat(answer.getSection(Section.ANSWER))
        .isNotEmpty()
        .allMatch(it -> it.getType() == Type.A);
    assertThat(records(backbone.ask("shop.foobar.test.", Type.SOA), Section.ANSWER)).hasSize(1);
  }

  @Test
  void followWhatOperatorsSay() {
    String site =
        Samples.service(Samples.WWW).sites().stream()
            .filter(it -> it.addresses().contains(InetAddress.ofLiteral("192.0.2.1")))
            .findFirst()
            .orElseThrow()
            .id();
    backbone.said =
        Sayings.NONE.with(
            new Saying(SitePattern.parse(site), AdminState.DOWN, "ann", "fire", Backbone.NOW));
    assertThat(records(backbone.ask(WWW, Type.A), Section.ANSWER))
        .containsExactly(WWW + " 300 A 192.0.2.2");
  }

  @Test
  void giveEachSiteItsPercentageAndTellWhatWasDecidedAndWhatWasAnswered() {
    rank(Samples.PERCENTAGES);
    Map<String, Long> answered = answeredTo(2_000);
    assertThat(answered.getOrDefault(TOKYO, 0L)).isBetween(1_300L, 1_500L);
    assertThat(share("london").decided())
        .isEqualTo(Map.of(AddressFamily.IPV4, 0.3, AddressFamily.IPV6, 0.3));
    assertThat(share("tokyo").observed()).isEqualTo(answered.getOrDefault(TOKYO, 0L));
    assertThat(share("london").observed()).isEqualTo(answered.getOrDefault(LONDON, 0L));
  }

  @Test
  void tellTheMeanOverPlacesWhereTheyAreNotAnsweredAlike() {
    rank(Samples.PERCENTAGES);
    down("lb-lon", TOKYO);
    Map<String, Long> answered = answeredTo(100);
    assertThat(share("london").decided().get(AddressFamily.IPV4))
        .as("0.3 at New York, all at London")
        .isEqualTo(0.65, within(1e-9));
    assertThat(share("tokyo").decided().get(AddressFamily.IPV4)).isEqualTo(0.35, within(1e-9));
    assertThat(share("tokyo").observed()).isEqualTo(answered.getOrDefault(TOKYO, 0L));
  }

  @Test
  void goOnCountingWhenTheirRankingsChangeAndTellNothingOnceTheyAreGone() {
    rank(Samples.PERCENTAGES);
    long before = answeredTo(100).getOrDefault(TOKYO, 0L);
    down("lb-nyc", LONDON);
    answeredTo(10);
    up("lb-nyc", LONDON);
    long after = answeredTo(100).getOrDefault(TOKYO, 0L);
    assertThat(after).as("the same prefixes").isEqualTo(before);
    assertThat(share("tokyo").observed()).isBetween(before + after, before + after + 10);
    List<EnterpriseZone> zones = backbone.zones;
    backbone.zones = List.of();
    backbone.compile();
    assertThat(backbone.share(Samples.WWW, "tokyo")).isEmpty();
    backbone.zones = zones;
    backbone.compile();
    assertThat(share("tokyo").observed()).isZero();
  }

  @Test
  void tellNoSharesWhereEverybodyGetsTheSame() {
    backbone.ask(WWW, Type.A);
    assertThat(backbone.share(Samples.WWW, "london")).isEmpty();
  }

  private void rank(Policy policy) {
    backbone.zones = backbone.zones.stream().map(zone -> Samples.ranked(zone, policy)).toList();
  }

  /** How often each address was answered to resolvers beside New York, for clients of prefixes. */
  private Map<String, Long> answeredTo(int prefixes) {
    Catalog catalog = Catalog.of(backbone.compile().zones());
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < prefixes; i++) {
      Message query =
          Backbone.query(WWW, Type.A, "172.%d.%d.0/24".formatted(16 + i / 250, i % 250));
      Message answer = Backbone.ask(catalog, query, Backbone.NEW_YORK_RESOLVER);
      counts.merge(answer.getSection(Section.ANSWER).getFirst().rdataToString(), 1L, Long::sum);
    }
    return counts;
  }

  private SiteShare share(String site) {
    return backbone.share(Samples.WWW, site).orElseThrow();
  }

  private void down(String place, String address) {
    state(place, address, new SiteState(Optional.empty(), Health.DOWN));
  }

  private void up(String place, String address) {
    measured(place, address, 10);
  }

  @Test
  void areAskedForFromThePlacesThatLoadBalancersThenMeasureFor() {
    Referrals referrals = backbone.compile();
    Backbone.ask(
        Catalog.of(referrals.zones()),
        Backbone.query(WWW, Type.A, null),
        Backbone.NEW_YORK_RESOLVER);
    Set<String> asked = new TreeSet<>();
    referrals.collectDemand((service, id) -> asked.add(id + " " + service));
    assertThat(asked).containsExactly("lb-nyc " + DomainName.of(WWW));
  }
}
