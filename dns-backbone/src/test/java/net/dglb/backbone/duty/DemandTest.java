package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Load balancers lb-00 to lb-11 stand on the equator, ten degrees from each other. */
class DemandTest {

  private static final EnterpriseZone ZONE = Samples.aliased(7);
  private static final Service WWW = ZONE.services().getFirst();
  private static final Service IMG = ZONE.services().getLast();
  private static final Location IN_THE_WEST = new Location(1, 2);
  private static final List<String> THE_EIGHT =
      List.of("lb-00", "lb-01", "lb-02", "lb-03", "lb-04", "lb-05", "lb-06", "lb-07");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final DutyNode node = new DutyNode("b1", new InMemorySharedMap(), timeline);
  private final Set<String> connected = new HashSet<>();

  /** What was told, as "load balancer: services". */
  private final List<String> told = new ArrayList<>();

  private final Demand demand = new Demand(node.duties, this::tell, timeline);
  private List<LoadBalancer> all =
      Stream.concat(
              Stream.of(Samples.loadBalancers().getFirst()),
              IntStream.range(0, 12).mapToObj(DemandTest::onTheEquator))
          .toList();

  private static LoadBalancer onTheEquator(int number) {
    return new LoadBalancer(
        number + 1,
        Samples.announcement(
            "lb-%02d".formatted(number),
            List.of("198.18.1." + number),
            List.of(),
            new Location(0, 10 * number)),
        Presence.LIVE);
  }

  private boolean tell(String loadBalancer, Set<DomainName> services) {
    if (connected.contains(loadBalancer)) {
      told.add(loadBalancer + ": " + new TreeSet<>(services));
    }
    return connected.contains(loadBalancer);
  }

  @BeforeEach
  void start() {
    all.forEach(it -> connected.add(it.id()));
    world(ZONE);
  }

  private void world(EnterpriseZone zone) {
    node.duties.world(all, List.of(zone), _ -> List.of());
    demand.world(all, List.of(zone));
  }

  private void becomes(String id, Presence presence) {
    all = all.stream().map(it -> it.id().equals(id) ? Samples.presence(it, presence) : it).toList();
    world(ZONE);
  }

  private static String line(String loadBalancer, Service... services) {
    return loadBalancer + ": " + new TreeSet<>(Stream.of(services).map(Service::name).toList());
  }

  private static List<String> lines(List<String> loadBalancers, Service... services) {
    return loadBalancers.stream().map(it -> line(it, services)).toList();
  }

  private void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minusSeconds(1)) {
      timeline.advance(Duration.ofSeconds(1));
      demand.tell();
    }
  }

  @Test
  void theEightLoadBalancersAroundAnUnmeasuredPlaceGetTheLabelAndHearThatSomebodyAsks() {
    assertThat(demand.asked(WWW, IN_THE_WEST)).as("labels are new").isTrue();
    assertThat(demand.asked(WWW, IN_THE_WEST)).isFalse();
    demand.tell();

    assertThat(node.duties.describe().keySet())
        .containsExactlyInAnyOrderElementsOf(
            THE_EIGHT.stream().map(it -> it + "." + WWW.name()).toList());
    assertThat(told).containsExactlyInAnyOrderElementsOf(lines(THE_EIGHT, WWW));
  }

  @Test
  void aLoadBalancerIsToldEveryTwoMinutesAtMostAndThenAllAtOnce() {
    demand.asked(WWW, IN_THE_WEST);
    demand.tell();
    told.clear();

    for (int i = 0; i < 119; i++) {
      demand.asked(i % 2 == 0 ? IMG : WWW, IN_THE_WEST);
      pass(Duration.ofSeconds(1));
    }
    assertThat(told).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(told).containsExactlyInAnyOrderElementsOf(lines(THE_EIGHT, WWW, IMG));
  }

  @Test
  void nothingIsSaidOfWhatNobodyAsksForAnyMore() {
    demand.asked(WWW, IN_THE_WEST);
    pass(Duration.ofSeconds(1));
    told.clear();
    pass(Duration.ofHours(1));
    assertThat(told).isEmpty();
    demand.asked(IMG, IN_THE_WEST);
    pass(Duration.ofSeconds(1));
    assertThat(told).containsExactlyInAnyOrderElementsOf(lines(THE_EIGHT, IMG));
  }

  @Test
  void oneThatIsLostIsLeftOutUntilItIsBack() {
    becomes("lb-03", Presence.LOST);
    demand.asked(WWW, IN_THE_WEST);
    demand.tell();
    assertThat(told).hasSize(8).contains(line("lb-08", WWW)).doesNotContain(line("lb-03", WWW));

    becomes("lb-03", Presence.LIVE);
    demand.asked(WWW, IN_THE_WEST);
    demand.tell();
    assertThat(told).hasSize(9).contains(line("lb-03", WWW));
  }

  @Test
  void oneWithoutASessionHearsOfItWhenItHasOne() {
    connected.remove("lb-00");
    demand.asked(WWW, IN_THE_WEST);
    pass(Duration.ofMinutes(1));
    assertThat(told).doesNotContain(line("lb-00", WWW));
    connected.add("lb-00");
    pass(Duration.ofSeconds(1));
    assertThat(told).contains(line("lb-00", WWW));
  }

  @Test
  void whatResolversAreReferredForIsAskedOfLoadBalancersByTheResolversThemselves() {
    world(Samples.referring(ZONE));
    demand.asked(Samples.unannounced(WWW, Unannounced.REFER), IN_THE_WEST);
    assertThat(demand.asked(WWW.name(), "lb-05")).as("the label is new").isTrue();
    demand.tell();
    assertThat(told).isEmpty();
    assertThat(node.duties.describe()).containsOnlyKeys("lb-05." + WWW.name());
  }

  @Test
  void theLoadBalancerOfAnAnnouncedResolverHearsOfServicesThatAreAnsweredDirectly() {
    world(Samples.direct(ZONE));
    assertThat(demand.asked(WWW.name(), "lb-05")).as("the label is new").isTrue();
    demand.asked(WWW.name(), Directory.BACKBONE_ID);
    demand.asked(IMG.name(), "lb-unknown");
    demand.tell();
    assertThat(told).containsExactly(line("lb-05", WWW));
  }
}
