package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkProberTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final CountDownLatch testOver = new CountDownLatch(1);
  private NetworkProber prober;

  @BeforeEach
  void start() throws IOException {
    prober = prober(ProberSettings.DEFAULT);
  }

  private static NetworkProber prober(ProberSettings settings) throws IOException {
    return new NetworkProber(settings, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    testOver.countDown();
    prober.close();
  }

  private static ProbeTarget target(
      HealthCheck.Kind kind, InetAddress address, int port, String host, Duration timeout) {
    return new ProbeTarget(
        address,
        new HealthCheck(
            kind,
            port,
            "/up?q=1",
            host,
            Duration.ofSeconds(30),
            timeout,
            2,
            3,
            List.of(new StatusRange(200, 299))));
  }

  private static ProbeTarget http(TestSite site, Duration timeout) {
    return target(HealthCheck.Kind.HTTP, site.address(), site.port(), "www.foobar.test", timeout);
  }

  private Measurement probe(ProbeTarget target) throws Exception {
    return prober.probe(target).get(30, TimeUnit.SECONDS);
  }

  private Measurement probe(TestSite.Behaviour behaviour, Duration timeout) throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", behaviour)) {
      return probe(http(site, timeout));
    }
  }

  @Test
  void measuresASiteThatAnswers() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      ProbeTarget target = http(site, PATIENT);
      Measurement measurement = probe(target);
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(measurement.target()).isEqualTo(target);
      assertThat(measurement.status()).isEqualTo(200);
      assertThat(measurement.at()).isEqualTo(NOW);
      assertThat(measurement.detail()).isEmpty();
      Phases phases = measurement.phases();
      assertThat(phases.connectNanos()).isPositive();
      assertThat(phases.tlsNanos()).isEqualTo(Phases.NOT_REACHED);
      assertThat(phases.firstByteNanos()).isGreaterThan(phases.connectNanos());
      assertThat(phases.totalNanos()).isGreaterThan(phases.firstByteNanos());
      assertThat(measurement.latencyNanos()).isEqualTo(phases.firstByteNanos());
    }
  }

  @Test
  void asksForThePathAtTheHostAndNamesItself() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      probe(http(site, PATIENT));
      assertThat(site.requests).singleElement().asString().startsWith("GET /up?q=1 HTTP/1.1\n");
      assertThat(site.requests.getFirst().lines())
          .contains("Host: www.foobar.test:" + site.port(), "User-Agent: dglb-probe/1");
    }
  }

  @Test
  void asksForAHostThatIsAnAddressAtTheSitesOwnAddress() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      Measurement measurement =
          probe(target(HealthCheck.Kind.HTTP, site.address(), site.port(), "192.0.2.7", PATIENT));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.requests.getFirst().lines()).contains("Host: 192.0.2.7:" + site.port());
    }
  }

  @Test
  void asksForAHostWithAnUnderscore() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      Measurement measurement =
          probe(target(HealthCheck.Kind.HTTP, site.address(), site.port(), "a_b.test", PATIENT));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.requests.getFirst().lines()).contains("Host: a_b.test:" + site.port());
    }
  }

  @Test
  void opensANewConnectionForEveryProbe() throws Exception {
    TestSite.Behaviour keptOpen =
        socket -> {
          TestSite.send(socket, OK);
          testOver.await();
        };
    try (TestSite site = TestSite.at("127.0.0.1", keptOpen)) {
      assertThat(probe(http(site, PATIENT)).outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(probe(http(site, PATIENT)).outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.peers).hasSize(2);
    }
  }

  @Test
  void leavesFromTheConfiguredAddress() throws Exception {
    prober.close();
    prober = prober(ProberSettings.DEFAULT.from(List.of(InetAddress.ofLiteral("127.0.0.77"))));
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      assertThat(probe(http(site, PATIENT)).outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(probe(tcp(site.address(), site.port())).outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.peers.getFirst()).isEqualTo(InetAddress.ofLiteral("127.0.0.77"));
    }
  }

  @Test
  void blamesItselfWhenItCannotUseTheConfiguredAddress() throws Exception {
    prober.close();
    prober = prober(ProberSettings.DEFAULT.from(List.of(InetAddress.ofLiteral("192.0.2.99"))));
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      assertThat(probe(http(site, PATIENT)).outcome()).isEqualTo(Outcome.LOCAL_FAULT);
      assertThat(probe(tcp(site.address(), site.port())).outcome()).isEqualTo(Outcome.LOCAL_FAULT);
    }
  }

  @Test
  void measuresOverIpv6() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 loopback here");
    try (TestSite site = TestSite.at("::1", TestSite.sending(OK))) {
      Measurement measurement = probe(http(site, PATIENT));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.peers).containsExactly(loopback);
    }
  }

  @Test
  void countsTheSitesDelayBeforeTheFirstByteAsLatency() throws Exception {
    Duration delay = Duration.ofMillis(60);
    Measurement measurement =
        probe(
            socket -> {
              testOver.await(delay.toMillis(), TimeUnit.MILLISECONDS);
              TestSite.send(socket, OK);
            },
            PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(measurement.latencyNanos()).isGreaterThanOrEqualTo(delay.toNanos());
  }

  @Test
  void doesNotCountASlowBodyAsLatency() throws Exception {
    Duration delay = Duration.ofMillis(60);
    Measurement measurement =
        probe(
            socket -> {
              TestSite.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh");
              testOver.await(delay.toMillis(), TimeUnit.MILLISECONDS);
              TestSite.send(socket, "i");
            },
            PATIENT);
    Phases phases = measurement.phases();
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(phases.totalNanos()).isGreaterThan(delay.toNanos());
    assertThat(measurement.latencyNanos()).isEqualTo(phases.firstByteNanos());
  }

  @Test
  void tellsARefusedConnection() throws Exception {
    InetAddress nobody = InetAddress.ofLiteral("127.0.77.18");
    int port = 5801;
    Measurement http =
        probe(target(HealthCheck.Kind.HTTP, nobody, port, "www.foobar.test", PATIENT));
    assertThat(http.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(http.phases().connectNanos()).isEqualTo(Phases.NOT_REACHED);
    assertThat(http.detail()).isNotEmpty();
    assertThat(probe(tcp(nobody, port)).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void tellsASiteThatNeverAnswers() throws Exception {
    long start = System.nanoTime();
    Measurement measurement = probe(socket -> testOver.await(), SHORT);
    assertThat(System.nanoTime() - start)
        .as("from the start of the probe, not of the connection, which comes a little later")
        .isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(measurement.phases().connectNanos()).isPositive();
    assertThat(measurement.phases().firstByteNanos()).isEqualTo(Phases.NOT_REACHED);
    assertThat(measurement.phases().totalNanos())
        .isGreaterThan(measurement.phases().connectNanos());
  }

  @Test
  void tellsABodyThatNeverEnds() throws Exception {
    Measurement measurement =
        probe(
            socket -> {
              TestSite.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh");
              testOver.await();
            },
            SHORT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(measurement.phases().firstByteNanos()).isPositive();
    assertThat(measurement.status()).isEqualTo(200);
  }

  @Test
  void tellsAReset() throws Exception {
    Measurement measurement = probe(socket -> socket.setSoLinger(true, 0), PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.RESET);
  }

  @Test
  void tellsAConnectionClosedWithoutAnAnswer() throws Exception {
    Measurement measurement = probe(socket -> {}, PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void tellsABodyThatWasCutOff() throws Exception {
    Measurement measurement =
        probe(TestSite.sending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh"), PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.ABORTED);
    assertThat(measurement.status()).isEqualTo(200);
  }

  @Test
  void tellsAWrongStatusAndDoesNotFollowRedirects() throws Exception {
    Measurement error =
        probe(TestSite.sending("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"), PATIENT);
    assertThat(error.outcome()).isEqualTo(Outcome.BAD_STATUS);
    assertThat(error.status()).isEqualTo(503);
    assertThat(error.detail()).isEqualTo("status 503");
    Measurement redirect =
        probe(
            TestSite.sending(
                "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n"),
            PATIENT);
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.outcome()).isEqualTo(Outcome.BAD_STATUS);
  }

  @Test
  void tellsAnAnswerThatIsNotHttp() throws Exception {
    Measurement measurement = probe(TestSite.sending("SSH-2.0-OpenSSH_9.2\r\n\r\n"), PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.BAD_RESPONSE);
  }

  @Test
  void readsNoMoreOfABodyThanItMay() throws Exception {
    CompletableFuture<Void> brokenOff = new CompletableFuture<>();
    Measurement measurement =
        probe(
            socket -> {
              TestSite.send(socket, "HTTP/1.1 200 OK\r\n\r\n");
              try {
                while (testOver.getCount() > 0) {
                  TestSite.send(socket, "x".repeat(4096));
                }
              } catch (IOException e) {
                brokenOff.complete(null);
                throw e;
              }
            },
            PATIENT);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    brokenOff.get(20, TimeUnit.SECONDS);
  }

  private static ProbeTarget tcp(InetAddress address, int port) {
    return target(HealthCheck.Kind.TCP, address, port, "", PATIENT);
  }

  @Test
  void measuresATcpConnection() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", socket -> {})) {
      Measurement measurement = probe(tcp(site.address(), site.port()));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(measurement.latencyNanos())
          .isPositive()
          .isEqualTo(measurement.phases().connectNanos());
    }
  }

  @Test
  void aProbeThatFailsWithAnErrorEndsToo() throws Exception {
    prober.close();
    prober = new NetworkProber(ProberSettings.DEFAULT, new BrokenClock());
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      assertThatThrownBy(() -> probe(tcp(site.address(), site.port())))
          .hasCause(new StackOverflowError("expected by this test"));
    }
  }

  private static final class BrokenClock extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      throw new StackOverflowError("expected by this test");
    }
  }

  @Test
  void breaksOffProbesWhenClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestSite site =
        TestSite.at(
            "127.0.0.1",
            socket -> {
              asked.countDown();
              testOver.await();
            })) {
      CompletableFuture<Measurement> result = prober.probe(http(site, PATIENT));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      prober.close();
      CompletableFuture<Boolean> cancelled =
          result.handle((measurement, failure) -> result.isCancelled());
      assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(prober.probe(http(site, PATIENT)).isCancelled()).isTrue();
    }
  }
}
