package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import net.dglb.dns.wire.Transport;
import net.dglb.identity.NodeRole;
import net.dglb.node.Metrics;
import org.junit.jupiter.api.Test;

class DnsMetricsTest {

  @Test
  void showsEveryCounterOfAServerWithItsTags() {
    InProcessServer server =
        new Parts(Asked.zone("example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\n"))
            .server();
    Metrics metrics = new Metrics(NodeRole.AUTHORITY, "a1");
    DnsMetrics.register(metrics, server::counters, "address", "main");
    server.ask(Asked.query("none.example.test", "A").toWire(), Asked.SOURCE, Transport.UDP);
    server.ask(new byte[3], Asked.SOURCE, Transport.TLS);
    assertThat(metrics.scrape().lines())
        .contains(
            "dglb_dns_requests_total{address=\"main\",proto=\"udp\"} 1.0",
            "dglb_dns_requests_total{address=\"main\",proto=\"tls\"} 1.0",
            "dglb_dns_questions_total{address=\"main\",type=\"A\"} 1.0",
            "dglb_dns_responses_total{address=\"main\",rcode=\"NXDOMAIN\"} 1.0",
            "dglb_dns_dropped_total{address=\"main\"} 1.0",
            "dglb_dns_limited_total{address=\"main\"} 0.0");
  }
}
