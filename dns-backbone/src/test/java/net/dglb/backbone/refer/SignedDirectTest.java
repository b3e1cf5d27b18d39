package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static net.dglb.backbone.refer.SignedAnswers.nsec;
import static net.dglb.backbone.refer.SignedAnswers.types;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.backbone.Samples;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.service.AllDown;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Services in signed zones whose addresses the backbone answers itself. */
class SignedDirectTest {

  private static final String WWW = "www.lb.foobar.test.";
  private static final String SHOP = "shop.foobar.test.";
  private static final String OF_LONDON = "100.64.7.0/24";

  private final SigningKey key =
      SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
  private final Backbone backbone =
      new Backbone()
          .serves(Samples.WWW, "lb-nyc", "lb-lon")
          .serves(Samples.WWW, "lb-lon", "lb-nyc");
  private final SignedAnswers asked = new SignedAnswers(backbone, key);
  private OnlineSigning signing = signing(1_000);
  private AllDown allDown = AllDown.DEFAULT;

  private OnlineSigning signing(int perSecond) {
    return new OnlineSigning(
        new SigningSettings(1_000, perSecond, 1_000, SignatureLifetime.DEFAULT),
        backbone.timeline::now,
        new Random(1),
        () -> 0);
  }

  @BeforeEach
  void bothZonesAreSignedAndBothPlacesMeasure() {
    sign();
    serve();
    measured("lb-nyc", "192.0.2.1", 10, Health.UP);
    measured("lb-nyc", "192.0.2.2", 80, Health.UP);
    measured("lb-lon", "192.0.2.1", 80, Health.UP);
    measured("lb-lon", "192.0.2.2", 10, Health.UP);
  }

  private void sign() {
    backbone.signs(DomainName.of("lb.foobar.test"), signing, key);
    backbone.signs(Samples.SHOP, signing, key);
  }

  private void serve() {
    backbone.zones =
        List.of(
            Samples.withServices(Samples.direct(Samples.aliased(7)), this::withHttps),
            Samples.withServices(Samples.direct(Samples.delegated(3)), this::withHttps));
  }

  private Service withHttps(Service it) {
    return Samples.withHttps(it, allDown);
  }

  private void measured(String place, String address, double millis, Health health) {
    backbone.estimates.put(
        place,
        Map.of(
            new ProbeTarget(InetAddress.ofLiteral(address), Samples.service(Samples.WWW).check()),
            new SiteState(Optional.of(new Estimate(millis, 0, 5, Backbone.NOW)), health)));
  }

  private static Set<Integer> said(NSECRecord nsec) {
    return Arrays.stream(nsec.getTypes()).boxed().collect(Collectors.toSet());
  }

  @Test
  void addressesAndHttpsRecordsAreSignedWhereverTheyAreAskedFor() throws Exception {
    for (String name : List.of(WWW, SHOP)) {
      for (int type : new int[] {Type.A, Type.AAAA, Type.HTTPS, Type.ANY}) {
        Message answer = asked.ask(name, type);
        assertThat(types(answer, Section.ANSWER)).as(name).hasSize(2).endsWith("RRSIG");
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        asked.assertValid(answer);
      }
    }
    assertThat(records(asked.askFor(WWW, Type.A, OF_LONDON), Section.ANSWER))
        .first()
        .isEqualTo(WWW + " 300 A 192.0.2.2");
    asked.assertValid(asked.askFor(WWW, Type.A, OF_LONDON));
  }

  @Test
  void severalAddressesAreSignedTogetherWhateverTheirOrder() throws Exception {
    backbone.zones =
        List.of(
            Samples.withServices(Samples.direct(Samples.aliased(8)), Samples::withTwoAddresses));

    Message answer = asked.ask(WWW, Type.A);
    assertThat(records(answer, Section.ANSWER))
        .startsWith(WWW + " 300 A 192.0.2.1", WWW + " 300 A 192.0.2.2")
        .hasSize(3);
    asked.assertValid(answer);
    asked.assertValid(asked.askFor(WWW, Type.A, OF_LONDON));
    asked.ask(WWW, Type.A);
    assertThat(signing.made()).as("once for each order").isEqualTo(2);
  }

  @Test
  void theApexHasItsOwnRecordsBesideTheAddressesAndIsNoAlias() throws Exception {
    for (int type : new int[] {Type.SOA, Type.NS, Type.DNSKEY, Type.CDS, Type.CDNSKEY}) {
      Message answer = asked.ask(SHOP, type);
      assertThat(types(answer, Section.ANSWER)).contains(Type.string(type)).endsWith("RRSIG");
    }
    for (int type : new int[] {Type.MX, Type.CNAME, Type.DS}) {
      Message none = asked.ask(SHOP, type);
      assertThat(none.getSection(Section.ANSWER)).isEmpty();
      asked.assertValid(none);
      assertThat(said(nsec(none)))
          .containsExactlyInAnyOrder(
              Type.A,
              Type.AAAA,
              Type.HTTPS,
              Type.SOA,
              Type.NS,
              Type.DNSKEY,
              Type.CDS,
              Type.CDNSKEY,
              Type.RRSIG,
              Type.NSEC);
    }
  }

  @Test
  void whatIsNotThereIsDeniedByWhatSomeResolverIsAnsweredAndNothingMore() throws Exception {
    Message none = asked.ask(WWW, Type.MX);

    assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(said(nsec(none)))
        .containsExactlyInAnyOrder(Type.A, Type.AAAA, Type.HTTPS, Type.RRSIG, Type.NSEC);
    assertThat(nsec(none).getNext()).hasToString("\\000." + WWW);
    asked.assertValid(none);
    assertThat(nsec(asked.ask(WWW, Type.TXT))).isEqualTo(nsec(none));
  }

  @Test
  void aTypeThatOthersAreAnsweredIsDeniedAloneAndNotToBeKeptIfTheSubnetDecided() throws Exception {
    allDown = new AllDown(AllDown.Rule.NONE, List.of());
    serve();
    for (String address : List.of("192.0.2.1", "192.0.2.2")) {
      measured("lb-nyc", address, 10, Health.DOWN);
    }

    Message none = asked.ask(WWW, Type.A);
    assertThat(none.getSection(Section.ANSWER)).isEmpty();
    assertThat(said(nsec(none)))
        .as("all but what was asked for")
        .containsExactlyInAnyOrder(Type.AAAA, Type.HTTPS, Type.RRSIG, Type.NSEC);
    assertThat(nsec(none).getTTL()).isEqualTo(60);
    asked.assertValid(none);

    Message subnet = asked.askFor(WWW, Type.A, "192.0.2.0/24");
    assertThat(subnet.getSection(Section.ANSWER)).isEmpty();
    assertThat(nsec(subnet).getTTL()).isZero();
    asked.assertValid(subnet);
    assertThat(asked.askFor(WWW, Type.A, OF_LONDON).getSection(Section.ANSWER)).hasSize(2);
  }

  @Test
  void whatIsSaidIsSignedOnceForAllPlacesAndRankingsAndShorterTtls() {
    asked.ask(WWW, Type.A);
    asked.askFor(WWW, Type.A, OF_LONDON);
    assertThat(signing.made()).as("two sites").isEqualTo(2);

    measured("lb-lon", "192.0.2.1", 5, Health.UP);
    backbone.timeline.advance(Duration.ofSeconds(6));
    asked.askFor(WWW, Type.A, OF_LONDON);
    backbone.zones =
        backbone.zones.stream().map(zone -> Samples.withServices(zone, it -> it)).toList();
    asked.ask("WwW.lb.foobar.test.", Type.A);
    assertThat(signing.made()).isEqualTo(2);
    assertThat(signing.hits()).isEqualTo(2);
  }

  @Test
  void aShorterTtlIsServedWithTheSignatureOfTheLongestOne() throws Exception {
    Message unmeasured = asked.ask("img.cdn.lb.foobar.test.", Type.A);

    assertThat(unmeasured.getSection(Section.ANSWER)).allMatch(it -> it.getTTL() == 20);
    RRSIGRecord signature = (RRSIGRecord) unmeasured.getSection(Section.ANSWER).getLast();
    assertThat(signature.getOrigTTL()).isEqualTo(300);
    asked.assertValid(unmeasured);
  }

  @Test
  void beyondTheBudgetUdpIsSentToTcpAndWhatWasSignedGoesOn() {
    signing = signing(1);
    sign();
    assertThat(asked.ask(WWW, Type.A).getSection(Section.ANSWER)).hasSize(2);

    Message cut = asked.ask(WWW, Type.AAAA);
    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(cut.getSection(Section.ANSWER)).isEmpty();
    assertThat(asked.ask(WWW, Type.AAAA, 0, Transport.TCP).getSection(Section.ANSWER)).hasSize(2);
    assertThat(asked.ask(WWW, Type.A).getSection(Section.ANSWER)).hasSize(2);
  }

  @Test
  void whoDoesNotAskForSignaturesCostsNone() throws IOException {
    assertThat(backbone.ask(WWW, Type.A).getSection(Section.ANSWER)).hasSize(1);
    assertThat(records(backbone.ask(WWW, Type.MX), Section.AUTHORITY)).hasSize(1);
    assertThat(signing.made()).isZero();
  }
}
