package net.dglb.backbone.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.Test;

class AliasClaimsTest {

  private static final DomainName WWW = DomainName.of("www.foobar.test");
  private static final DomainName SERVICE = DomainName.of("www.lb.foobar.test");

  private final List<EnterpriseZone> zones = new ArrayList<>();
  private final Map<DomainName, Set<DomainName>> seen = new HashMap<>();

  @Test
  void anAliasInTheDomainAboveItsZoneIsBelieved() throws Exception {
    zone("foobar", "lb.foobar.test", "www.foobar.test");
    assertTarget(WWW, SERVICE);
  }

  @Test
  void whoeverNamesAnothersHostIsNotBelieved() throws Exception {
    zone("evil", "lb.evil.test", "www.foobar.test");
    assertThatThrownBy(() -> claims().target(WWW))
        .hasMessage(
            "www.foobar.test: named as an alias of www.lb.evil.test of evil, and nothing shows"
                + " whose it is: DNS was not seen to lead from it to just one of them (expected:"
                + " its CNAME record, or ask for the service's own name)");

    zone("foobar", "lb.foobar.test", "www.foobar.test");
    assertTarget(WWW, SERVICE);
  }

  @Test
  void aZoneDirectlyBelowATopLevelDomainClaimsNothingOfThat() throws Exception {
    zone("evil", "evil.test", "www.foobar.test");
    assertThatThrownBy(() -> claims().target(WWW)).hasMessageContaining("www.evil.test of evil");
  }

  @Test
  void theNearestDomainCounts() throws Exception {
    zone("evil", "evil.co.test", "www.foobar.co.test");
    zone("foobar", "lb.foobar.co.test", "www.foobar.co.test");
    assertTarget(DomainName.of("www.foobar.co.test"), DomainName.of("www.lb.foobar.co.test"));
  }

  @Test
  void whatDnsLeadsToCountsMostWhereverItLies() throws Exception {
    EnterpriseZone other = zone("foobar", "lb.foobar-cdn.test", "www.foobar.test");
    zone("evil", "lb.foobar.test", "www.foobar.test");

    seen.put(other.origin(), Set.of(WWW));
    assertTarget(WWW, DomainName.of("www.lb.foobar-cdn.test"));
  }

  @Test
  void aNameInARegisteredZoneIsItsOwnersAlone() throws Exception {
    EnterpriseZone evil = zone("evil", "lb.evil.test", SERVICE.toString());
    seen.put(evil.origin(), Set.of(SERVICE));
    zone("foobar", "lb.foobar.test", "www.foobar.test");

    assertThat(claims().target(SERVICE)).as("a service's own name").isEmpty();
  }

  @Test
  void ofTwoWithTheSameRightNoneIsTold() throws Exception {
    zone("one", "one.foobar.test", "www.foobar.test");
    zone("two", "two.foobar.test", "www.foobar.test");
    assertThatThrownBy(() -> claims().target(WWW))
        .hasMessageContaining("www.one.foobar.test of one, www.two.foobar.test of two");
  }

  @Test
  void aNameThatNobodyNamesIsNoAlias() throws Exception {
    zone("foobar", "lb.foobar.test", "www.foobar.test");
    assertThat(claims().target(DomainName.of("mail.foobar.test"))).isEmpty();
  }

  private void assertTarget(DomainName alias, DomainName service) {
    assertThat(claims().target(alias)).contains(service);
  }

  private AliasClaims claims() {
    return new AliasClaims(zones, origin -> seen.getOrDefault(origin, Set.of()));
  }

  private EnterpriseZone zone(String enterprise, String origin, String alias) throws Exception {
    EnterpriseZone zone =
        RegistrationDocument.readForeign(
            "document",
            """
            registration {
              version = 1, enterprise = %s, zone = %s, form = aliased
              services { "www.%2$s" {
                aliases = ["%s"]
                check { kind = tcp, port = 80 }
                sites { rome { addresses = ["192.0.2.1"] } }
              } }
            }
            """
                .formatted(enterprise, origin, alias));
    zones.add(zone);
    return zone;
  }
}
