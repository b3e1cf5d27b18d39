package net.dglb.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.zone.StaticZone;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The walk over real sockets, against servers of our own engine. */
class SocketExchangeTest {

  private static final InetAddress ROOT = InetAddress.ofLiteral("127.53.250.1");
  private static final InetAddress BELOW = InetAddress.ofLiteral("127.53.250.2");
  private static final InetAddress ASKER = InetAddress.ofLiteral("127.53.250.3");
  private static final SocketExchange EXCHANGE =
      new SocketExchange(Optional.of(ASKER), 0, Duration.ofSeconds(5));

  private final Vertx vertx = Vertx.vertx();
  private final List<DnsServer> servers = new ArrayList<>();
  private int port;

  @BeforeEach
  void serveARootAndAZoneBelowIt() throws Exception {
    try (DatagramSocket free = new DatagramSocket(0, ROOT)) {
      port = free.getLocalPort();
    }
    serve(
        ROOT,
        DomainName.ROOT,
        ". 60 SOA n. h. 1 2 3 4 5",
        ". 60 NS n.",
        "n. 60 A 127.53.250.1",
        "a.test. 60 NS n.a.test.",
        "n.a.test. 60 A 127.53.250.2");
    List<String> zone = new ArrayList<>();
    zone.add("a.test. 60 SOA n.a.test. h.a.test. 1 2 3 4 5");
    zone.add("a.test. 60 NS n.a.test.");
    zone.add("n.a.test. 60 A 127.53.250.2");
    zone.add("www.a.test. 60 CNAME site.a.test.");
    zone.add("site.a.test. 60 A 192.0.2.1");
    for (int i = 0; i < 30; i++) {
      zone.add("large.a.test. 60 TXT " + i + "x".repeat(100));
    }
    serve(BELOW, DomainName.of("a.test"), zone.toArray(String[]::new));
  }

  private void serve(InetAddress address, DomainName apex, String... lines) throws Exception {
    List<Record> records = new ArrayList<>();
    for (String line : lines) {
      records.add(ScriptedServers.record(line));
    }
    servers.add(
        DnsServer.start(
            vertx,
            List.of(new Endpoint(address, port)),
            DnsServerSettings.DEFAULT,
            new Published<>(Catalog.of(List.of(StaticZone.compile(apex, records)))),
            Optional.empty()));
  }

  @AfterEach
  void stop() {
    servers.forEach(DnsServer::close);
    vertx.close().await();
  }

  @Test
  void walksOverRealServersToTheAnswer() throws Exception {
    Trace trace = walk("www.a.test.", Type.A);

    assertThat(trace.hops())
        .extracting(hop -> hop.verdict().words())
        .containsExactly(
            "referral to a.test: n.a.test", "alias to site.a.test", "answer: 192.0.2.1");
  }

  @Test
  void asksAgainOverTcpWhereTheAnswerIsTruncated() throws Exception {
    Trace trace = walk("large.a.test.", Type.TXT);

    assertThat(trace.answer()).hasSize(30);
    assertThat(trace.hops().getLast().reply().orElseThrow().transport()).isEqualTo("UDP, then TCP");
  }

  @Test
  void saysThatNothingListens() throws Exception {
    servers.removeLast().close();

    Trace trace = walk("www.a.test.", Type.A);

    assertThat(trace.answered()).isFalse();
    assertThat(trace.conclusion()).isEqualTo("no use: nothing listens there");
  }

  @Test
  void saysThatNoAnswerCameInTime() throws Exception {
    servers.removeLast().close();
    try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(BELOW, port))) {
      assertThat(silent.isBound()).isTrue();
      SocketExchange impatient = new SocketExchange(Optional.of(ASKER), 0, Duration.ofMillis(50));

      Trace trace = walk("www.a.test.", Type.A, impatient);

      assertThat(trace.conclusion()).isEqualTo("no use: no answer within 50 ms");
    }
  }

  @Test
  void asksFromTheGivenAddressAndPort() throws IOException {
    int chosen;
    try (DatagramSocket free = new DatagramSocket(0, ASKER)) {
      chosen = free.getLocalPort();
    }
    InetAddress local = InetAddress.ofLiteral("127.53.250.4");
    try (DatagramSocket server = new DatagramSocket(0, local)) {
      server.setSoTimeout(5000);
      SocketExchange exchange =
          new SocketExchange(Optional.of(ASKER), chosen, Duration.ofMillis(50));
      Thread asking =
          Thread.ofVirtual()
              .start(() ->
                  Walk.of(request(Name.root, Type.NS, local, server.getLocalPort()), exchange));
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      server.receive(packet);

      assertThat(packet.getSocketAddress()).isEqualTo(new InetSocketAddress(ASKER, chosen));
      asking.interrupt();
    }
  }

  private Trace walk(String name, int type) throws Exception {
    return walk(name, type, EXCHANGE);
  }

  private Trace walk(String name, int type, Exchange exchange) throws Exception {
    return Walk.of(request(Name.fromString(name), type, ROOT, port), exchange);
  }

  private static TraceRequest request(Name name, int type, InetAddress root, int port) {
    return new TraceRequest(name, type, List.of(root), port, Optional.empty(), AddressFamily.IPV4);
  }
}
