package net.dglb.bench.probes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.dglb.measure.probe.Outcome;
import org.junit.jupiter.api.Test;

class ProbeRunTest {

  @Test
  void probesEverySiteAndSeesWhatItCosts() throws Exception {
    ProbeRun.Seen seen = new ProbeRun(20, Duration.ofSeconds(1)).run(Duration.ofSeconds(3));
    assertThat(seen.outcomes()).as("%s", seen).containsKey(Outcome.SUCCESS);
    assertThat(seen.lateMillis()).hasSize(3).isSorted();
    assertThat(seen.cpuSeconds()).isPositive();
    assertThat(seen.heapMegabytes()).isPositive();
  }

  @Test
  void givesEverySiteItsOwnLoopbackAddress() {
    assertThat(LocalSites.address(0).getHostAddress()).isEqualTo("127.64.0.1");
    assertThat(LocalSites.address(255).getHostAddress()).isEqualTo("127.64.1.0");
    assertThat(LocalSites.address(65_536).getHostAddress()).isEqualTo("127.65.0.1");
    assertThat(LocalSites.address(99_999).isLoopbackAddress()).isTrue();
  }
}
