package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Test;

class DnsMetricsTest {

  @Test
  void showsEveryCounterOfAServerWithItsTags() {
    InProcessServer server =
        new Parts(Asked.zone("example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\n"))
            .server();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DnsMetrics.register(registry, server::counters, "address", "main");
    server.ask(Asked.query("none.example.test", "A").toWire(), Asked.SOURCE, Transport.UDP);
    server.ask(new byte[3], Asked.SOURCE, Transport.TLS);
    assertThat(count(registry, "dglb.dns.requests", "proto", "udp")).isEqualTo(1);
    assertThat(count(registry, "dglb.dns.requests", "proto", "tls")).isEqualTo(1);
    assertThat(count(registry, "dglb.dns.questions", "type", "A")).isEqualTo(1);
    assertThat(count(registry, "dglb.dns.responses", "rcode", "NXDOMAIN")).isEqualTo(1);
    assertThat(registry.get("dglb.dns.dropped").tags("address", "main").functionCounter().count())
        .isEqualTo(1);
  }

  private static double count(SimpleMeterRegistry registry, String name, String tag, String value) {
    return registry.get(name).tags("address", "main", tag, value).functionCounter().count();
  }
}
