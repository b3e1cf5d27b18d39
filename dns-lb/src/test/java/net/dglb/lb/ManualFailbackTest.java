package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** A failover that only an operator takes back, over restarts. */
class ManualFailbackTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void theMainSiteFailsAndIsBack() {
    network = new Network(directory).started();
    network.measuredOwnLabel(
        Zones.zone(
            1,
            Network.SERVICE,
            """
            policy {
              kind = failover, order = [newyork, frankfurt, tokyo], failback = manual
            }
            """));
    network.pass(Duration.ofMinutes(1));
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(5));
    network.sites.answersAfter(Network.NEW_YORK, 10);
    network.pass(Duration.ofMinutes(5));
  }

  private String answer() {
    return network.answers(OWN, Type.A).getFirst();
  }

  @Test
  void theReserveStaysAlsoOverARestart() {
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
    network.restart();
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
    network.pass(Duration.ofMinutes(10));
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
  }

  @Test
  void whatAnOperatorTookBackStaysSoOverARestart() {
    JsonObject body = new JsonObject().put("service", Network.SERVICE).put("why", "checked");
    network.post("/sites/failback", body);
    network.pass(Duration.ofSeconds(1));
    assertThat(answer()).isEqualTo(Network.NEW_YORK);
    network.restart();
    network.pass(Duration.ofMinutes(1));
    assertThat(answer()).isEqualTo(Network.NEW_YORK);
  }

  @Test
  void aReserveThatFailsMeanwhileIsNotAnswered() {
    network.sites.dies(Network.FRANKFURT);
    network.restart();
    network.pass(Duration.ofMinutes(5));
    assertThat(answer()).isEqualTo(Network.NEW_YORK);
  }
}
