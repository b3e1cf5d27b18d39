package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;
import static net.dglb.backbone.refer.Backbone.scope;
import static org.assertj.core.api.Assertions.assertThat;

import net.dglb.backbone.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** What a backbone node says of client subnets that it does not choose by (RFC 7871). */
class ClientSubnetsTest {

  private static final String WWW = "www.lb.foobar.test.";
  private static final String OF_LONDON = "100.64.1.0/24";

  private final Backbone backbone =
      new Backbone().serves(Samples.WWW, "lb-nyc").serves(Samples.WWW, "lb-lon");

  @Test
  void aClientThatWantsNoneToBeUsedIsAnsweredByItsResolverWithScopeZero() {
    Message answer = backbone.askFor(WWW, "0.0.0.0/0");

    assertThat(records(answer, Section.ANSWER))
        .containsExactly(WWW + " 3600 CNAME lb-nyc.www.lb.foobar.test.");
    assertThat(scope(answer)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.0/24", "192.168.0.0/16", "127.0.0.0/8", "169.254.1.0/24"})
  void aSubnetThatNobodyCanHaveAnnouncedIsAnsweredByTheResolver(String subnet) {
    assertThat(records(backbone.askFor(WWW, subnet), Section.ANSWER))
        .containsExactly(WWW + " 3600 CNAME lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void whatIsTheSameForEverybodyHasScopeZero() {
    for (String name :
        new String[] {
          "none.lb.foobar.test.",
          "none.www.lb.foobar.test.",
          "cdn.lb.foobar.test.",
          "ns.lb.foobar.test.",
          "lb.foobar.test.",
          "lb-nyc.ns.lb.foobar.test.",
          "lb-nyc.www.lb.foobar.test."
        }) {
      assertThat(scope(backbone.askFor(name, OF_LONDON))).as(name).isZero();
    }
    assertThat(scope(backbone.askFor(WWW, OF_LONDON))).as("and what is chosen").isEqualTo(16);
  }
}
