package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import net.dglb.measure.probe.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** A service whose sites are compared by what a transfer takes. */
class ThroughputTest {

  private static final String LABEL = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;

  @Test
  void answersTheSiteWithTheQuickestTransferOnceThroughputIsMeasuredAndExplainsIt() {
    Network network = new Network(directory).started();
    network.sites.downloadsWith(Network.NEW_YORK, 10);
    network.sites.downloadsWith(Network.FRANKFURT, 100);
    network.measuredOwnLabel(
        Zones.zone(
            1,
            Network.SERVICE,
            """
            check.download { path = "/1mb.bin", size = 1000000, interval = 5m }
            policy { kind = latency, score = transfer }
            """));
    assertThat(network.answers(LABEL, Type.A))
        .as("nothing was downloaded: the lowest latency")
        .containsExactly(Network.NEW_YORK);

    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(LABEL, Type.A)).containsExactly(Network.FRANKFURT);
    JsonArray order = network.explainedOrder();
    assertThat(order.getJsonObject(0).getDouble("megabits-per-second")).isEqualTo(100);
    assertThat(order.getJsonObject(0).getDouble("score")).isCloseTo(160, within(1.0));
    assertThat(network.loadBalancer().figures().downloads().get(Outcome.SUCCESS))
        .as("one of each address that works, counted in metrics")
        .isEqualTo(3);
    assertThat(network.loadBalancer().figures().downloadedBytes()).isEqualTo(3_000_000);
  }
}
