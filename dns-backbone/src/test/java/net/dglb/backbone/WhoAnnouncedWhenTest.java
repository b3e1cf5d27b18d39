package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.net.Prefix;
import net.dglb.node.AdminRequest;
import org.junit.jupiter.api.Test;

/** Who announced a prefix and when, as every backbone node tells it. */
class WhoAnnouncedWhenTest {

  private static final Instant MADE = Instant.parse("2025-12-31T23:59:58Z");

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final ControlPlane first = backbone.start("b1", "198.18.0.1", true);
  private final VirtualLoadBalancer balancer =
      new VirtualLoadBalancer(
          "lb-nyc", InetAddress.ofLiteral("198.18.1.1"), Optional.of(Samples.NEW_YORK), first);

  @Test
  void everyNodeTellsTheMomentThatTheLoadBalancerToldWheneverItHeardOfIt() {
    ControlPlane second = backbone.start("b2", "198.18.0.2", true);
    backbone.away(true);
    announce(Optional.of(MADE));
    backbone.advance(Duration.ofHours(1));
    backbone.away(false);
    backbone.afterTheNextScan();

    JsonObject atFirst = announcedBy("b1", first);
    JsonObject atSecond = announcedBy("b2", second);

    assertThat(atFirst.getString("announced-at"))
        .isEqualTo(atSecond.getString("announced-at"))
        .isEqualTo("2025-12-31T23:59:58Z");
    assertThat(atSecond.getInstant("known-since"))
        .as("each node's own moment")
        .isAfter(atFirst.getInstant("known-since").plus(Duration.ofMinutes(59)));
  }

  @Test
  void ofAnAnnouncementThatDoesNotSayItsMomentNoneIsTold() {
    announce(Optional.empty());

    JsonObject tree = announcedBy("b1", first);

    assertThat(tree.getString("load-balancer")).isEqualTo("lb-nyc");
    assertThat(tree.fieldNames()).doesNotContain("announced-at").contains("known-since");
  }

  private void announce(Optional<Instant> when) {
    backbone.authority(first, Samples.aliased(1));
    balancer.connect();
    balancer.announced = when;
    balancer.announce(List.of(Prefix.parse("203.0.113.0/24")), List.of());
    backbone.afterTheNextScan();
  }

  private JsonObject announcedBy(String id, ControlPlane plane) {
    Map<String, String> parameters =
        Map.of("name", Samples.WWW.toString(), "resolver", "203.0.113.7");
    return backbone
        .explain(id, plane)
        .route()
        .answer()
        .apply(new AdminRequest(parameters, Optional.empty(), "127.0.0.1:1"))
        .join()
        .body()
        .getJsonObject("match")
        .getJsonArray("announced-by")
        .getJsonObject(0);
  }
}
