package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that speaks HTTP/2. */
class Http2ProbeTest {

  private static final String NAME = "www.foobar.test";

  private final List<HttpVersion> asked = new CopyOnWriteArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private HttpServer site(HttpServerOptions options) throws Exception {
    return vertx
        .createHttpServer(options.setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> {
          asked.add(request.version());
          request.response().end("hi");
        })
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private Measurement probe(HttpServer site, HealthCheck.Kind kind, Optional<Path> authorities)
      throws Exception {
    HealthCheck check =
        new HealthCheck(
                kind,
                site.actualPort(),
                "/",
                NAME,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                2,
                3,
                List.of(new StatusRange(200, 299)))
            .with(new Exchange("GET", List.of(), Optional.of("hi"), 0, true, "A"));
    ProberSettings settings =
        new ProberSettings(
            Optional.empty(), Optional.empty(), authorities, 1024, ProberSettings.USER_AGENT);
    try (NetworkProber prober = new NetworkProber(settings, Clock.systemUTC())) {
      ProbeTarget target = new ProbeTarget(InetAddress.ofLiteral("127.0.0.1"), check);
      return prober.probe(target).get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void isMeasuredOverTlsByAgreement(@TempDir Path folder) throws Exception {
    SiteCertificate certificate = new SiteCertificate(folder, NAME);
    HttpServerOptions options =
        new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate.keys());
    Measurement measurement =
        probe(site(options), HealthCheck.Kind.HTTPS, Optional.of(certificate.pem()));
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(asked).containsExactly(HttpVersion.HTTP_2);
    Phases phases = measurement.phases();
    assertThat(phases.firstByteNanos()).isGreaterThan(phases.tlsNanos());
    assertThat(measurement.latencyNanos()).isEqualTo(phases.firstByteNanos());
    assertThat(measurement.certificateExpires()).isPresent();
  }

  @Test
  void isMeasuredWithoutTlsByPriorKnowledge() throws Exception {
    Measurement measurement =
        probe(site(new HttpServerOptions()), HealthCheck.Kind.HTTP, Optional.empty());
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(asked).containsExactly(HttpVersion.HTTP_2);
  }
}
