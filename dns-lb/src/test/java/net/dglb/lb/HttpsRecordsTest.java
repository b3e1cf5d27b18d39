package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** New York is the fastest site, then Frankfurt; Tokyo has no IPv6 address. */
class HttpsRecordsTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  private void serve(String lines) {
    network.measuredOwnLabel(Zones.zone(1, Network.SERVICE, lines));
  }

  @Test
  void namesTheProtocolsAndTheAddressesThatAreAnswered() {
    serve("answers { https { alpn = [h3, h2], port = 8443 } }");
    assertThat(network.answers(OWN, Type.HTTPS))
        .containsExactly(
            "1 . alpn=h3,h2 port=8443 ipv4hint=192.0.2.1 ipv6hint=2001:db8:0:0:0:0:0:1");
    assertThat(network.ask(OWN, Type.HTTPS).getSection(Section.ANSWER).getFirst().getTTL())
        .isEqualTo(300);
  }

  @Test
  void hasOneRecordForEachSiteInOrder() {
    serve("answers { count = 2, https { alpn = [h2], default-alpn = false } }");
    assertThat(network.answers(OWN, Type.HTTPS))
        .containsExactlyInAnyOrder(
            "1 . alpn=h2 no-default-alpn ipv4hint=192.0.2.1 ipv6hint=2001:db8:0:0:0:0:0:1",
            "2 . alpn=h2 no-default-alpn ipv4hint=192.0.2.2 ipv6hint=2001:db8:0:0:0:0:0:2");
  }

  @Test
  void followsTheAnswerFromSiteToSite() {
    serve("answers { https {} }");
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
    assertThat(network.answers(OWN, Type.HTTPS))
        .singleElement()
        .asString()
        .startsWith("1 . ipv4hint=192.0.2.2");
  }

  @Test
  void saysNoAddressesWhereSitesTakeTurns() {
    serve("policy { kind = round-robin }, answers { https { alpn = [h2] } }");
    assertThat(network.answers(OWN, Type.HTTPS)).containsExactly("1 . alpn=h2");
  }

  @Test
  void hasNoneUnlessTheServiceSaysSo() {
    serve("mode = answer");
    Message answer = network.ask(OWN, Type.HTTPS);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
  }
}
