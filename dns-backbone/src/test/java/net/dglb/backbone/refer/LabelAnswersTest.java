package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.decision.AdminState;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.HttpsBinding;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Step;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LabelAnswersTest {

  private final Backbone backbone = new Backbone().serves(Samples.WWW, "lb-nyc", "lb-lon");

  @Test
  void answersFromWhatWasMeasuredAtTheLabelsPlace() {
    measuredAtNewYork("192.0.2.1", 80);
    measuredAtNewYork("192.0.2.2", 20);

    Message answer = backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.A);

    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(records(answer, Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 300 A 192.0.2.2");
  }

  @Test
  void aSiteThatOperatorsTookOutIsAnsweredNoMoreFromTheNextCompilationOn() {
    measuredAtNewYork("192.0.2.1", 80);
    measuredAtNewYork("192.0.2.2", 20);
    backbone.compile();
    takenOut(site("192.0.2.2"));

    assertThat(
            records(backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 300 A 192.0.2.1");
    assertThat(
            records(backbone.askLabelAddress("lb-tyo.www.lb.foobar.test.", Type.A), Section.ANSWER))
        .as("of a label that is not in use, where it is the nearest site")
        .containsExactly("lb-tyo.www.lb.foobar.test. 20 A 192.0.2.1");
  }

  @Test
  void httpsRecordsFollowFromTheSameDecision() {
    Service base = Samples.service(Samples.WWW);
    Service https =
        new Service(
            base.name(),
            base.aliases(),
            base.mode(),
            base.sites(),
            base.check(),
            base.policy(),
            base.ttls(),
            base.probeCapPerSecond(),
            base.allDown(),
            new Answering(1, false, Optional.of(new HttpsBinding(List.of("h2"), true, 0))),
            Unannounced.ANSWER);
    EnterpriseZone zone = Samples.aliased(7);
    backbone.zones =
        List.of(
            new EnterpriseZone(
                zone.enterprise(),
                zone.origin(),
                zone.form(),
                zone.dnssec(),
                zone.version(),
                List.of(https)));
    measuredAtNewYork("192.0.2.1", 80);
    measuredAtNewYork("192.0.2.2", 20);

    Message answer = backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.HTTPS);

    assertThat(records(answer, Section.ANSWER))
        .as("the winners of both families, of which IPv6 is not measured")
        .containsExactly(
            "lb-nyc.www.lb.foobar.test. 20 HTTPS 1 . alpn=h2 ipv4hint=192.0.2.2",
            "lb-nyc.www.lb.foobar.test. 20 HTTPS 2 . alpn=h2 ipv6hint=2001:db8:0:0:0:0:0:1");
  }

  private static String site(String address) {
    return Samples.service(Samples.WWW).sites().stream()
        .filter(it -> it.addresses().contains(InetAddress.ofLiteral(address)))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private void takenOut(String site) {
    backbone.said =
        Sayings.NONE.with(
            new Saying(SitePattern.parse(site), AdminState.DOWN, "ann", "fire", Backbone.NOW));
  }

  @Test
  void withoutMeasurementsTheNearestSiteIsAnsweredForAShortTime() {
    assertThat(
            records(
                backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.AAAA), Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 20 AAAA 2001:db8:0:0:0:0:0:1");
  }

  @Test
  void aLabelThatNobodyServesYetIsAnsweredForItsPlaceToo() {
    assertThat(
            records(backbone.askLabelAddress("lb-tyo.www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("lb-tyo.www.lb.foobar.test. 20 A 192.0.2.2");
  }

  @Test
  void aPlaceWhoseMeasurementsGrowOldKeepsItsOrder() {
    measuredAtNewYork("192.0.2.1", 80);
    measuredAtNewYork("192.0.2.2", 20);
    backbone.compile();
    backbone.compile();

    assertThat(
            records(backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.A), Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 300 A 192.0.2.2");
  }

  @Test
  void givesAPrefixTheSiteThatIsSetForIt() {
    Step step =
        new Step.Static(
            List.of(
                new Step.Static.Rule(List.of(Prefix.parse("203.0.113.0/24")), List.of("tokyo"))));
    Policy policy = new Policy.Chain(Policy.Latency.DEFAULT, List.of(step));
    backbone.zones =
        List.of(
            new EnterpriseZone(
                "foobar",
                DomainName.of("lb.foobar.test"),
                DelegationForm.ALIASED,
                false,
                8,
                List.of(Samples.service(Samples.WWW, policy))));
    String label = "lb-nyc.www.lb.foobar.test.";
    assertThat(
            records(
                backbone.askLabelAddress(label, Type.A, Backbone.NEW_YORK_RESOLVER),
                Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 20 A 192.0.2.2");
    assertThat(
            records(
                backbone.askLabelAddress(label, Type.A, Backbone.UNKNOWN_RESOLVER), Section.ANSWER))
        .containsExactly("lb-nyc.www.lb.foobar.test. 20 A 192.0.2.1");
  }

  @Test
  void isTheLabelsApexWithItsNameServersAndSoa() {
    assertThat(
            records(
                backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.NS), Section.ANSWER))
        .containsExactly(
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-nyc.ns.lb.foobar.test.",
            "lb-nyc.www.lb.foobar.test. 3600 NS lb-lon.ns.lb.foobar.test.");
    assertThat(
            records(
                backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.SOA), Section.ANSWER))
        .singleElement()
        .asString()
        .startsWith("lb-nyc.www.lb.foobar.test. 3600 SOA ");
  }

  @Test
  void answersAnyWithAddressesAndWithTheSoaWhereThereAreNone() {
    String label = "lb-nyc.www.lb.foobar.test.";
    assertThat(records(backbone.askLabelAddress(label, Type.ANY), Section.ANSWER))
        .singleElement()
        .asString()
        .contains(" A 192.0.2.");

    backbone.zones =
        List.of(
            Samples.withServices(
                Samples.aliased(8),
                it -> Samples.withHttps(it, new AllDown(AllDown.Rule.NONE, List.of()))));
    Samples.service(Samples.WWW).sites().stream()
        .flatMap(site -> site.addresses().stream())
        .forEach(address -> measuredAtNewYork(address.getHostAddress(), 20, Health.DOWN));
    assertThat(records(backbone.askLabelAddress(label, Type.A), Section.ANSWER)).isEmpty();
    assertThat(records(backbone.askLabelAddress(label, Type.ANY), Section.ANSWER))
        .singleElement()
        .asString()
        .startsWith(label + " 3600 SOA ");
  }

  @Test
  void saysNoAtTheLabel() {
    Message noData = backbone.askLabelAddress("lb-nyc.www.lb.foobar.test.", Type.MX);
    Message nameError = backbone.askLabelAddress("x.lb-nyc.www.lb.foobar.test.", Type.A);

    assertThat(noData.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(nameError.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    for (Message answer : new Message[] {noData, nameError}) {
      assertThat(records(answer, Section.AUTHORITY))
          .singleElement()
          .asString()
          .startsWith("lb-nyc.www.lb.foobar.test. 60 SOA ");
    }
  }

  @Test
  void refusesEverythingThatIsNoLabel() {
    for (String name :
        new String[] {
          "www.lb.foobar.test.",
          "lb.foobar.test.",
          "lb-nyc.ns.lb.foobar.test.",
          "nobody.www.lb.foobar.test.",
          "shop.foobar.test."
        }) {
      Message answer = backbone.askLabelAddress(name, Type.A);
      assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.REFUSED);
      assertThat(answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
          .containsExactly(new ExtendedErrorCodeOption(ExtendedErrorCodeOption.NOT_AUTHORITATIVE));
    }
  }

  private void measuredAtNewYork(String address, double millis) {
    measuredAtNewYork(address, millis, Health.UP);
  }

  private void measuredAtNewYork(String address, double millis, Health health) {
    HealthCheck check = Samples.service(Samples.WWW).check();
    backbone.estimates.put(
        "lb-nyc",
        Map.of(
            new ProbeTarget(InetAddress.ofLiteral(address), check),
            new SiteState(Optional.of(new Estimate(millis, 0, 5, Backbone.NOW)), health)));
  }
}
