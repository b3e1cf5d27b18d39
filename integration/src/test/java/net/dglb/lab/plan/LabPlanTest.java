package net.dglb.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import net.dglb.identity.NodeRole;
import net.dglb.lab.plan.LabPlan.SitePlan;
import org.junit.jupiter.api.Test;

class LabPlanTest {

  @Test
  void givesEachOfTheFirstThreeResolversAnotherBestSite() {
    LabPlan plan = plan(3, 3, false);

    assertThat(plan.resolvers())
        .extracting(resolver -> best(plan, resolver.city()))
        .containsExactly("toronto", "frankfurt", "tokyo");
  }

  @Test
  void givesNoAddressTwice() {
    LabPlan plan = plan(10, 10, true);

    Stream<InetAddress> all =
        Stream.of(
                plan.nodes().stream().flatMap(node -> node.addresses().stream()),
                plan.nodes().stream().flatMap(node -> node.labelAddresses().stream()),
                plan.sites().stream().flatMap(site -> site.addresses().stream()),
                plan.resolvers().stream().flatMap(resolver -> resolver.addresses().stream()))
            .flatMap(addresses -> addresses);

    assertThat(all.toList()).doesNotHaveDuplicates().hasSize(2 * (4 + 10 + 2 + 10 + 10));
  }

  @Test
  void findsTheCityOfEveryAddressAgain() {
    LabAddresses addresses = new LabAddresses(true);
    for (City city : RoundTrips.published().cities()) {
      for (InetAddress address : addresses.client(city)) {
        assertThat(LabAddresses.cityIndex(address)).as("%s", address).hasValue(city.index());
        assertThat(addresses.prefixes(city)).anyMatch(prefix -> prefix.contains(address));
      }
    }
    assertThat(LabAddresses.cityIndex(addresses.backbone(1).getFirst())).isEmpty();
    assertThat(LabAddresses.cityIndex(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
    assertThat(LabAddresses.cityIndex(InetAddress.ofLiteral("::1"))).isEmpty();
  }

  @Test
  void hasTwoBackboneNodesWithALabelAddressEach() {
    assertThat(plan(3, 3, false).nodes(NodeRole.BACKBONE))
        .hasSize(2)
        .allSatisfy(node -> assertThat(node.labelAddresses()).hasSize(1));
  }

  @Test
  void refusesMoreLoadBalancersThanTheTableHasCities() {
    assertThatThrownBy(() -> plan(11, 3, false))
        .hasMessage("load balancers: 11 (expected 1 to 10)");
  }

  @Test
  void readsThePublishedTable() {
    RoundTrips table = RoundTrips.published();

    assertThat(table.cities()).hasSize(10);
    assertThat(table.millis(table.city("osaka"), table.city("sao-paulo"))).isEqualTo(293);
    assertThat(table.millis(table.city("sao-paulo"), table.city("osaka"))).isEqualTo(291);
    assertThatThrownBy(() -> table.city("nowhere"))
        .hasMessageStartingWith("city: nowhere (expected");
  }

  private static String best(LabPlan plan, City from) {
    return plan.sites().stream()
        .min(Comparator.comparingInt(site -> plan.roundTrips().millis(from, site.city())))
        .map(SitePlan::id)
        .orElseThrow();
  }

  static LabPlan plan(int loadBalancers, int sites, boolean ipv6) {
    Duration second = Duration.ofSeconds(1);
    return LabPlan.of(
        new LabOptions(loadBalancers, sites, ipv6, 5300, 8080, second, second, second, false));
  }
}
