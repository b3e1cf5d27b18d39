package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.dglb.backbone.Samples;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;
import net.dglb.service.Site;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What resolvers are answered that no load balancer announced, whose place is known. */
class EstimatedAnswersTest extends UnannouncedInTokyo {

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
  void countAmongWhatIsDecidedAndObservedOfServicesThatAreSpread() {
    backbone.zones =
        backbone.zones.stream().map(zone -> Samples.ranked(zone, Samples.PERCENTAGES)).toList();
    String answered = answers(askAgain(WWW, Type.A)).getFirst();
    String site = answered.endsWith(TOKYO) ? "tokyo" : "london";
    SiteShare share = backbone.share(Samples.WWW, site).orElseThrow();
    assertThat(share.observed()).as("the second answer; the first one was a referral").isEqualTo(1);
    assertThat(share.decided().get(AddressFamily.IPV4))
        .as("the same at the estimated place and at both labels in use")
        .isEqualTo(site.equals("tokyo") ? 0.7 : 0.3, within(1e-9));
    down("lb-nyc", TOKYO);
    down("lb-lon", TOKYO);
    wait(Duration.ofSeconds(3));
    assertThat(answers(ask(WWW, Type.A))).containsExactly(WWW + " 300 A " + LONDON);
    assertThat(backbone.share(Samples.WWW, "london").orElseThrow().decided())
        .as("London alone is left, of IPv4")
        .containsEntry(AddressFamily.IPV4, 1.0)
        .hasEntrySatisfying(AddressFamily.IPV6, it -> assertThat(it).isEqualTo(0.3, within(1e-9)));
  }

  @Test
  void getHttpsRecordsOfTheSameDecision() {
    change(it -> Samples.withHttps(it, it.allDown()));
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
}
