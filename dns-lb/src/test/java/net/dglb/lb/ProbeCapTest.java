package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.mapping.convert.WireProbers;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that caps the probes of each site, as several load balancers keep to it together. */
class ProbeCapTest {

  /** Per second, for a site; with its two addresses each one is probed every 100 s by one alone. */
  private static final double CAP = 0.02;

  /** Two sites of three have two addresses. */
  private static final int SITES = 3;

  private static final EnterpriseZone ZONE =
      Zones.zone(1, Network.SERVICE, "probe-cap-per-second = " + CAP);

  @TempDir private Path directory;

  private Network network(int number) throws IOException {
    Path own = Files.createDirectory(directory.resolve("lb-" + number));
    return new Network(own, "probe.idle.after = 0s").started();
  }

  private static void told(Network network, InMemorySession session, int loadBalancers) {
    WireProbers.toWire(Map.of(DomainName.of(Network.SERVICE), loadBalancers))
        .forEach(it -> network.receive(session, Frame.newBuilder().setProbers(it).build()));
  }

  private static long probesWithin(Network network, Duration time) {
    long before = network.sites.probes();
    network.pass(time);
    return network.sites.probes() - before;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theSumOfAllStaysBelowTheCapWhileTheirNumberChangesSlowly(int seed) throws IOException {
    Random random = new Random(seed);
    List<Network> probing = new ArrayList<>();
    List<InMemorySession> sessions = new ArrayList<>();
    Duration window = Duration.ofHours(2);
    for (int step = 0; step < 8; step++) {
      boolean joins = probing.isEmpty() || random.nextBoolean();
      int number = Math.max(1, probing.size() + (joins ? 1 : -1));
      if (!joins && probing.size() > 1) {
        probing.removeLast().loadBalancer().leave(() -> {});
        sessions.removeLast();
      }
      for (int i = 0; i < probing.size(); i++) {
        told(probing.get(i), sessions.get(i), number);
      }
      if (joins) {
        Network joining = network(10 * step + seed * 1000);
        InMemorySession session = joining.open("backbone-1");
        told(joining, session, number);
        joining.pass(Duration.ofSeconds(1));
        joining.update(session, ZONE);
        joining.assign(session, "lb-nyc-1", "lb-nyc-1.ns.lb.foobar.test");
        joining.pass(Duration.ofMinutes(2));
        probing.add(joining);
        sessions.add(session);
      }
      long probes = 0;
      for (Network each : probing) {
        probes += probesWithin(each, window);
      }
      double most = CAP * SITES * window.toSeconds();
      assertThat((double) probes)
          .as("probes of %d load balancers in step %d", probing.size(), step)
          .isLessThanOrEqualTo(most * 1.03)
          .isGreaterThan(most * 0.6);
    }
  }

  @Test
  void theCapHoldsWhileHealthTurns() throws IOException {
    double cap = 0.04;
    Network network = network(1);
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(1, Network.SERVICE, "probe-cap-per-second = " + cap));
    network.assign(session, "lb-nyc-1", "lb-nyc-1.ns.lb.foobar.test");
    network.pass(Duration.ofMinutes(10));
    long probes = 0;
    Duration window = Duration.ofMinutes(1);
    int minutes = 120;
    for (int minute = 0; minute < minutes; minute++) {
      if (minute % 2 == 0) {
        network.sites.dies(Network.TOKYO);
      } else {
        network.sites.answersAfter(Network.TOKYO, 160);
      }
      probes += probesWithin(network, window);
    }
    double most = cap * SITES * window.toSeconds() * minutes;
    assertThat((double) probes).isBetween(most * 0.6, most * 1.03);
  }

  @Test
  void probesThatWaitTheirTurnCountAsLate() throws IOException {
    Network hurried = network(1);
    hurried.measuredOwnLabel();
    hurried.pass(Duration.ofMinutes(10));
    assertThat(hurried.loadBalancer().figures().lateness().late()).isZero();
    assertThat(hurried.loadBalancer().figures().lateness().probes()).isPositive();

    Path own = Files.createDirectory(directory.resolve("lb-2"));
    Network busy = new Network(own, "probe.in-flight = 1").started();
    busy.sites.fallsSilent(Network.NEW_YORK);
    busy.sites.fallsSilent(Network.FRANKFURT);
    busy.measuredOwnLabel();
    busy.pass(Duration.ofMinutes(10));
    assertThat(busy.loadBalancer().figures().lateness().late()).isPositive();
    assertThat(busy.loadBalancer().figures().lateness().seconds()).isGreaterThan(1);
  }

  @Test
  void theHighestNumberOfAllNodesCountsAndIsKeptOverARestart() throws IOException {
    Network network = network(1);
    InMemorySession session = network.open("backbone-1");
    network.update(session, ZONE);
    network.assign(session, "lb-nyc-1", "lb-nyc-1.ns.lb.foobar.test");
    InMemorySession other = network.open("backbone-2");
    told(network, session, 5);
    told(network, other, 2);
    network.pass(Duration.ofMinutes(10));
    Duration window = Duration.ofHours(5);
    long fifth = (long) (CAP * SITES * window.toSeconds() / 5);
    assertThat(probesWithin(network, window)).isBetween(fifth * 8 / 10, fifth * 11 / 10);

    network.restart();
    network.pass(Duration.ofMinutes(10));
    assertThat(probesWithin(network, window)).isBetween(fifth * 8 / 10, fifth * 11 / 10);

    other = network.open("backbone-2");
    told(network, other, 2);
    network.pass(Duration.ofMinutes(10));
    assertThat(probesWithin(network, window))
        .as("the only node with a session says 2")
        .isBetween(fifth * 2, fifth * 28 / 10);
  }
}
