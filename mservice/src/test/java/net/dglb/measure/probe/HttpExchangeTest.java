package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExchangeTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  private NetworkProber prober;

  @BeforeEach
  void open() throws IOException {
    prober = new NetworkProber(ProberSettings.DEFAULT, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    prober.close();
  }

  private Measurement probe(ProbeTarget target) throws Exception {
    return prober.probe(target).get(30, TimeUnit.SECONDS);
  }

  private static ProbeTarget http(TestSite site, Exchange exchange) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            site.port(),
            "/up?q=1",
            "www.foobar.test",
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            2,
            3,
            List.of(new StatusRange(200, 299)));
    return new ProbeTarget(site.address(), check.with(exchange));
  }

  private static Exchange exchange(
      String method, List<Exchange.Header> headers, String contains, int redirects) {
    return new Exchange(
        method,
        headers,
        contains.isEmpty() ? Optional.empty() : Optional.of(contains),
        redirects,
        false,
        "A");
  }

  @Test
  void sendsTheHeadersOfTheCheck() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(OK))) {
      List<Exchange.Header> headers = List.of(new Exchange.Header("X-Probe", "a b"));
      probe(http(site, exchange("HEAD", headers, "", 0)));
      assertThat(site.requests).singleElement().asString().startsWith("HEAD /up?q=1 HTTP/1.1\n");
      assertThat(site.requests.getFirst().lines()).contains("X-Probe: a b");
    }
  }

  @Test
  void looksForTheTextThatTheCheckExpectsInTheBody() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nall well";
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(answer))) {
      Measurement well = probe(http(site, exchange("GET", List.of(), "well", 0)));
      assertThat(well.outcome()).as(well.detail()).isEqualTo(Outcome.SUCCESS);
      Measurement ill = probe(http(site, exchange("GET", List.of(), "ill at ease", 0)));
      assertThat(ill.outcome()).isEqualTo(Outcome.BAD_BODY);
      assertThat(ill.detail()).endsWith("octets of the body do not contain \"ill at ease\"");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"X-Load: 0.73, 0.73", "x-load: 2, 2", "X-Load: -1,", "X-Load: busy,", "X-Other: 1,"})
  void readsTheLoadThatTheSiteReports(String header, Double load) throws Exception {
    String answer = "HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 0\r\n\r\n";
    try (TestSite site = TestSite.at("127.0.0.1", TestSite.sending(answer))) {
      Exchange exchange =
          new Exchange(
              "GET",
              List.of(),
              Optional.empty(),
              0,
              false,
              "A",
              Optional.of("X-Load"),
              Optional.empty());
      Measurement measurement = probe(http(site, exchange));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(measurement.load())
          .isEqualTo(load == null ? OptionalDouble.empty() : OptionalDouble.of(load));
    }
  }

  private static TestSite.Behaviour leading(String to) {
    AtomicInteger answered = new AtomicInteger();
    return socket ->
        TestSite.send(
            socket,
            answered.getAndIncrement() == 0
                ? "HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n"
                : OK);
  }

  @Test
  void followsARedirectionAtTheSameHostAsFarAsTheCheckSays() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", leading("/there"))) {
      Measurement measurement = probe(http(site, exchange("GET", List.of(), "", 1)));
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(site.requests).hasSize(2);
      assertThat(site.requests.getLast()).startsWith("GET /there HTTP/1.1\n");
    }
    try (TestSite site = TestSite.at("127.0.0.1", leading("/there"))) {
      Measurement measurement = probe(http(site, exchange("GET", List.of(), "", 0)));
      assertThat(measurement.outcome()).isEqualTo(Outcome.BAD_STATUS);
      assertThat(measurement.detail()).isEqualTo("status 302");
    }
  }

  /** Leads from / to /1 and so on, up to /3, which answers with this status. */
  private static HttpServer leadingToStatus(int last) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        call -> {
          String path = call.getRequestURI().getPath();
          int number = path.equals("/up") ? 0 : Integer.parseInt(path.substring(1));
          call.getResponseHeaders().set("Location", "/" + (number + 1));
          call.sendResponseHeaders(number == 3 ? last : 301, -1);
          call.close();
        });
    server.start();
    return server;
  }

  /** With the statuses that are usually accepted, redirections among them. */
  private Measurement probe(HttpServer server, int redirects) throws Exception {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            server.getAddress().getPort(),
            "/up",
            "www.foobar.test",
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            2,
            3,
            HealthCheck.USUAL_STATUSES);
    return probe(
        new ProbeTarget(
            server.getAddress().getAddress(),
            check.with(exchange("GET", List.of(), "", redirects))));
  }

  @ParameterizedTest(name = "{0} redirections of three are followed to status {1}: {2}")
  @CsvSource({"3, 200, SUCCESS", "3, 503, BAD_STATUS", "2, 503, SUCCESS", "0, 503, SUCCESS"})
  void judgesTheLastStatusOfThoseThatAreFollowedWhateverIsAccepted(
      int redirects, int last, Outcome outcome) throws Exception {
    HttpServer server = leadingToStatus(last);
    try {
      Measurement measurement = probe(server, redirects);
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(outcome);
      assertThat(measurement.status()).isEqualTo(redirects == 3 ? last : 301);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void doesNotFollowARedirectionToAnotherHost() throws Exception {
    try (TestSite site = TestSite.at("127.0.0.1", leading("http://other.test/"))) {
      Measurement measurement = probe(http(site, exchange("GET", List.of(), "", 3)));
      assertThat(measurement.outcome()).isEqualTo(Outcome.BAD_STATUS);
      assertThat(site.requests).hasSize(1);
    }
  }
}
