package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.net.DomainName;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens, a look at every label finds nothing that was not seen without it. */
class NothingOverlookedTest {

  private static final List<String> LOAD_BALANCERS = List.of("lb-nyc", "lb-lon", "lb-tyo");
  private static final int EVENTS = 300;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemorySharedMap map = new InMemorySharedMap();
  private final List<DutyNode> nodes =
      List.of(new DutyNode("b1", map, timeline), new DutyNode("b2", map, timeline));
  private final List<String> told = new ArrayList<>();
  private Random random = new Random();
  private long zoneVersion = 7;

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lookingAtEverythingChangesNothing(long seed) {
    random = new Random(seed);
    for (int i = 0; i < EVENTS; i++) {
      told.clear();
      for (int many = random.nextInt(4); many >= 0; many--) {
        happen(nodes.get(random.nextInt(nodes.size())));
      }
      for (int turns = 0; turns < 4; turns++) { // until each has heard what the others say
        nodes.forEach(DutyNode::turn);
      }
      for (DutyNode node : nodes) {
        assertNothingIsOverlooked(node, "seed %d, event %d, after %s".formatted(seed, i, told));
      }
    }
  }

  private static void assertNothingIsOverlooked(DutyNode node, String when) {
    node.sent.clear();
    List<ServedLabel> served = node.duties.served();
    long said = node.table.checksum();

    node.looksAtEverything();

    assertThat(node.sent).as("sent, %s", when).isEmpty();
    assertThat(node.duties.served()).as("served, %s", when).isEqualTo(served);
    assertThat(node.table.checksum()).as("said, %s", when).isEqualTo(said);
  }

  private void happen(DutyNode node) {
    String lb = LOAD_BALANCERS.get(random.nextInt(LOAD_BALANCERS.size()));
    String place = LOAD_BALANCERS.get(random.nextInt(LOAD_BALANCERS.size()));
    int event = random.nextInt(17);
    told.add(event + " " + lb);
    switch (event) {
      case 0, 1, 2 -> node.duties.demand(service(), place);
      case 3, 4, 5 -> node.duties.acknowledged(lb, service(), place, zoneVersion);
      case 6 -> toggle(node.trusted, lb);
      case 7 -> toggle(node.failing, lb);
      case 8 -> {
        if (toggle(node.connected, lb)) {
          node.duties.connected(lb, random.nextBoolean());
        }
      }
      case 9 -> nodes.forEach(it -> it.sees(lb, known -> Samples.live(known, !known.live())));
      case 10 -> nodes.forEach(it -> it.withdraws(lb));
      case 11 -> nodes.forEach(it -> it.sees(lb, _ -> anew(lb)));
      case 12 -> timeline.advance(Duration.ofSeconds(random.nextInt(5_000)));
      case 13 -> node.duties.served();
      case 14 -> node.duties.share();
      default -> changeZone();
    }
  }

  private static LoadBalancer anew(String id) {
    return Samples.loadBalancers().stream()
        .filter(lb -> lb.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static boolean toggle(Set<String> some, String one) {
    return !some.remove(one) && some.add(one);
  }

  private void changeZone() {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Service service = Samples.service(DomainName.of("s" + i + ".lb.foobar.test"));
      if (i == 0 || random.nextInt(4) > 0) {
        services.add(random.nextBoolean() ? service : Samples.withTwoAddresses(service));
      }
    }
    zoneVersion++;
    nodes.forEach(it -> it.serves(Samples.aliased(zoneVersion).withServices(services)));
  }

  private DomainName service() {
    return DomainName.of("s" + random.nextInt(4) + ".lb.foobar.test");
  }
}
