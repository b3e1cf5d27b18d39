package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpsProbeTest {

  private static final String NAME = "www.foobar.test";

  private final SiteCertificate certificate;
  private final TestSite site;

  HttpsProbeTest(@TempDir Path folder) throws Exception {
    certificate = new SiteCertificate(folder, NAME);
    site =
        new TestSite(
            certificate.listen(),
            TestSite.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
  }

  @AfterAll
  void stop() throws IOException {
    site.close();
  }

  private static ProberSettings trusting(Optional<Path> authorities) {
    return new ProberSettings(
        Optional.empty(), Optional.empty(), authorities, 1024, ProberSettings.USER_AGENT);
  }

  private Measurement probe(ProberSettings settings, String host) throws Exception {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTPS,
            site.port(),
            "/",
            host,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            2,
            3,
            List.of(new StatusRange(200, 299)));
    try (NetworkProber prober = new NetworkProber(settings, Clock.systemUTC())) {
      return prober.probe(new ProbeTarget(site.address(), check)).get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void measuresASiteWhoseCertificateIsTrusted() throws Exception {
    Measurement measurement = probe(trusting(Optional.of(certificate.pem())), NAME);
    Phases phases = measurement.phases();
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(phases.connectNanos()).isPositive();
    assertThat(phases.tlsNanos()).isGreaterThan(phases.connectNanos());
    assertThat(phases.firstByteNanos()).isGreaterThan(phases.tlsNanos());
    assertThat(measurement.latencyNanos()).isEqualTo(phases.firstByteNanos());
    assertThat(measurement.certificateExpires().orElseThrow()).isAfter(Instant.now());
  }

  @Test
  void tellsACertificateThatTheSystemDoesNotTrust() throws Exception {
    Measurement measurement = probe(trusting(Optional.empty()), NAME);
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(measurement.phases().connectNanos()).isPositive();
    assertThat(measurement.phases().firstByteNanos()).isEqualTo(Phases.NOT_REACHED);
  }

  @Test
  void tellsACertificateForAnotherName() throws Exception {
    Measurement measurement = probe(trusting(Optional.of(certificate.pem())), "other.test");
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.TLS_FAILED);
  }

  @Test
  void refusesAnAuthorityFileWithoutCertificates(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> new NetworkProber(trusting(Optional.of(empty)), Clock.systemUTC()))
        .isInstanceOf(IOException.class)
        .hasMessage(empty + ": no certificate (expected PEM certificates)");
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> new NetworkProber(trusting(Optional.of(nonsense)), Clock.systemUTC()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("(expected PEM certificates)");
  }

  @Test
  void tellsASiteThatSpeaksNoHttp2() throws Exception {
    ProberSettings settings = trusting(Optional.of(certificate.pem()));
    HealthCheck check =
        new HealthCheck(
                HealthCheck.Kind.HTTPS,
                site.port(),
                "/",
                NAME,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                2,
                3,
                List.of(new StatusRange(200, 299)))
            .with(new Exchange("GET", List.of(), Optional.empty(), 0, true, "A"));
    try (NetworkProber prober = new NetworkProber(settings, Clock.systemUTC())) {
      Measurement measurement =
          prober.probe(new ProbeTarget(site.address(), check)).get(30, TimeUnit.SECONDS);
      assertThat(measurement.outcome()).isEqualTo(Outcome.BAD_RESPONSE);
      assertThat(measurement.detail()).isEqualTo("HTTP/1.1 instead of HTTP/2");
    }
  }
}
