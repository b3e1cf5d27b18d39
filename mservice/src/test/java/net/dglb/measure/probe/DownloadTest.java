package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dglb.service.Download;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {

  private static final int SIZE = 50_000;

  private final CountDownLatch testOver = new CountDownLatch(1);
  private NetworkProber prober;

  @BeforeEach
  void start() throws IOException {
    prober = new NetworkProber(ProberSettings.DEFAULT, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    testOver.countDown();
    prober.close();
  }

  private Transfer download(TestSite site, Duration interval) throws Exception {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            site.port(),
            "/up",
            "www.foobar.test",
            interval,
            Duration.ofMillis(500),
            2,
            3,
            List.of(new StatusRange(404, 404)),
            Duration.ZERO,
            Exchange.USUAL.with(new Download("/object?x=1", SIZE, Duration.ofMinutes(5))));
    return prober.download(new ProbeTarget(site.address(), check)).get(30, TimeUnit.SECONDS);
  }

  private static String object(int size) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size);
  }

  @Test
  void readsAsMuchOfTheObjectAsTheCheckSaysAndTellsTheThroughput() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(object(SIZE * 2)))) {
      Transfer transfer = download(site, Duration.ofSeconds(60));
      assertThat(transfer.outcome()).as(transfer.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(transfer.bytes()).isEqualTo(SIZE);
      assertThat(transfer.bytesPerSecond().getAsDouble()).isBetween(1.0, SIZE * 1000.0);
      assertThat(site.requests.getFirst())
          .startsWith("GET /object?x=1 HTTP/1.1\n")
          .contains("Host: www.foobar.test");
    }
  }

  @Test
  void anObjectThatIsTooSmallOrNotThereTellsNothing() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(object(SIZE - 1)))) {
      Transfer transfer = download(site, Duration.ofSeconds(60));
      assertThat(transfer.outcome()).isEqualTo(Outcome.BAD_BODY);
      assertThat(transfer.detail())
          .isEqualTo("/object?x=1 has 49999 bytes (expected at least 50000)");
      assertThat(transfer.bytesPerSecond()).isEmpty();
    }
    String gone = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(gone))) {
      Transfer transfer = download(site, Duration.ofSeconds(60));
      assertThat(transfer.outcome()).as("whatever the check accepts").isEqualTo(Outcome.BAD_STATUS);
      assertThat(transfer.detail()).isEqualTo("/object?x=1: status 404");
    }
  }

  @Test
  void whatCameWithinHalfOfTheIntervalCountsOfASlowSite() throws Exception {
    TestSite.Behaviour slow =
        socket -> {
          TestSite.send(socket, object(SIZE).substring(0, 20_000));
          testOver.await();
        };
    try (TestSite site = TestSite.at("127.0.0.1", slow)) {
      Transfer transfer = download(site, Duration.ofSeconds(6));
      assertThat(transfer.outcome()).isEqualTo(Outcome.TIMED_OUT);
      assertThat(transfer.bytes()).isBetween(19_000L, 20_000L);
      assertThat(transfer.bytesPerSecond()).isPresent();
    }
  }
}
