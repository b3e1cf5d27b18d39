package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

/** A load balancer that takes over hundreds of labels, each of which takes a while. */
class ManyDutiesTest {

  private static final int SERVICES = 500;
  private static final Duration PER_LABEL = Duration.ofMillis(2);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final VirtualBackbone backbone = new VirtualBackbone();
  private long lookedNanos;
  private long longestMillis;

  @Test
  void whatElseIsDueWaitsForSomeOfThemOnlyAndNotForAll() {
    backbone.keep("b1", "labels", new SlowMap());
    ControlPlane plane = backbone.start("b1", "198.18.0.1", false);
    backbone.authority(plane, zone());
    VirtualLoadBalancer london =
        new VirtualLoadBalancer(
            "lb-lon", InetAddress.ofLiteral("198.18.2.1"), Optional.of(Samples.LONDON), plane);
    london.inAdvance = true;
    london.connect();
    london.announce(List.of(), List.of());
    backbone.advance(Duration.ofSeconds(1));

    VirtualTimeline timeline = backbone.timeline("b1");
    lookedNanos = timeline.nanoTime();
    timeline.every(LOOK, LOOK, () -> look(timeline));
    london.react();
    backbone.advance(Duration.ofSeconds(3)); // what is compiled anyway comes later

    assertThat(plane.view().duties().describe().values())
        .hasSize(SERVICES)
        .allMatch(holders -> holders.equals(Map.of("lb-lon", "verified")));
    assertThat(longestMillis).as("to settle all takes a second").isLessThan(500);
  }

  private static EnterpriseZone zone() {
    List<Service> services =
        IntStream.range(0, SERVICES)
            .mapToObj(i -> Samples.service(DomainName.of("s" + i + ".lb.foobar.test")))
            .toList();
    return Samples.aliased(1).withServices(services);
  }

  private void look(VirtualTimeline timeline) {
    long now = timeline.nanoTime();
    longestMillis = Math.max(longestMillis, TimeUnit.NANOSECONDS.toMillis(now - lookedNanos));
    lookedNanos = now;
  }

  /** Who is verified for a label is written there. */
  private final class SlowMap extends HashMap<String, byte[]> {

    private static final long serialVersionUID = 1;

    @Override
    public byte[] put(String key, byte[] value) {
      backbone.timeline("b1").spend(PER_LABEL);
      return super.put(key, value);
    }
  }
}
