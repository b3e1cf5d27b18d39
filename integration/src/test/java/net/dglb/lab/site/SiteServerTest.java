package net.dglb.lab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabAddresses;
import net.dglb.lab.plan.LabPlan.SitePlan;
import net.dglb.lab.plan.RoundTrips;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteServerTest {

  private static final RoundTrips TABLE = RoundTrips.published();

  /** Nobody else's: on a free port of 127.0.0.1 another process may listen a moment later. */
  private static final String OWN = "127.0.77.1";

  private static final City TORONTO = TABLE.city("toronto");

  private final Vertx vertx = Vertx.vertx();
  private int port;
  private SiteServer site;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(OWN))) {
      port = free.getLocalPort();
    }
    SitePlan plan = new SitePlan("toronto", TORONTO, List.of(InetAddress.ofLiteral(OWN)));
    site = new SiteServer(vertx, plan, port, TABLE);
    site.start();
  }

  @AfterEach
  void stop() {
    site.close();
    vertx.close().await();
  }

  @Test
  void chargesTwoRoundTripsForTheFirstRequestOfAConnectionAndOneForEachMore() {
    PathDelay delay = new PathDelay(TABLE, TORONTO);
    InetAddress washington = new LabAddresses(false).client(TABLE.city("washington")).getFirst();

    assertThat(delay.requestMillis(washington, true)).isEqualTo(2 * 19);
    assertThat(delay.requestMillis(washington, false)).isEqualTo(19);
    assertThat(delay.requestMillis(InetAddress.ofLiteral("127.0.0.1"), true)).isZero();
    assertThat(delay.requestMillis(InetAddress.ofLiteral("127.53.200.1"), true)).isZero();
  }

  @Test
  void answersWithItsName() throws Exception {
    HttpResponse<String> response = get();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Site")).hasValue("toronto");
    assertThat(response.body()).contains("served from Toronto");
  }

  @Test
  void refusesConnectionsWhenKilledAndServesAgainWhenStarted() throws Exception {
    site.kill();
    assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral(OWN), port))
        .isInstanceOf(IOException.class);

    site.start();
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhichAddressItCannotHave() throws Exception {
    site.kill();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral(OWN))) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(site::start)
          .hasMessageContaining("site toronto cannot listen on " + OWN + ":" + port);
      assertThat(site.running()).isFalse();
    }
  }

  private HttpResponse<String> get() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://" + OWN + ":" + port + "/");
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
