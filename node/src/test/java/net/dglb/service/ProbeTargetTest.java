package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.dglb.net.AddressLiteral;
import org.junit.jupiter.api.Test;

class ProbeTargetTest {

  private static HealthCheck check(int port, String path) {
    return check(port, path, "www.example.org");
  }

  private static HealthCheck check(int port, String path, String host) {
    return new HealthCheck(
        HealthCheck.Kind.HTTP,
        port,
        path,
        host,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        2,
        6,
        HealthCheck.USUAL_STATUSES);
  }

  private static ProbeTarget target(String address, int port, String path) {
    return new ProbeTarget(AddressLiteral.parse(address), check(port, path));
  }

  @Test
  void equalTargetsHaveEqualHashes() {
    assertThat(target("192.0.2.1", 80, "/")).isEqualTo(target("192.0.2.1", 80, "/"));
    assertThat(target("192.0.2.1", 80, "/")).hasSameHashCodeAs(target("192.0.2.1", 80, "/"));
  }

  @Test
  void targetsThatDifferInTheCheckAloneAreNotTheSame() {
    assertThat(target("192.0.2.1", 80, "/")).isNotEqualTo(target("192.0.2.1", 80, "/up"));
  }

  @Test
  void manySitesOfOneCheckHaveHashesOfTheirOwn() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      InetAddress address = AddressLiteral.parse("127.80.%d.%d".formatted(i / 256, i % 256));
      hashes.add(new ProbeTarget(address, check(80, "/")).hashCode());
    }
    assertThat(hashes).hasSize(10_000);
  }

  @Test
  void manyServicesBehindOneAddressHaveHashesOfTheirOwn() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      HealthCheck byHost = check(80, "/", "s" + i + ".example.org");
      hashes.add(new ProbeTarget(AddressLiteral.parse("192.0.2.1"), byHost).hashCode());
    }
    assertThat(hashes).hasSizeGreaterThan(9_990);
  }
}
