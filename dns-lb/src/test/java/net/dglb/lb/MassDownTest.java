package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.Frame;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/**
 * All sites of twelve services seem to fail at once, as when a load balancer's own line breaks: it
 * takes half of them down in a minute at most. Services say that there is no address once their
 * site is down, so that DNS shows what counts.
 */
class MassDownTest {

  private static final int SERVICES = 12;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  private static String service(int number) {
    return "s" + number + ".lb.foobar.test";
  }

  private static String address(int number) {
    return "192.0.2." + (100 + number);
  }

  private static EnterpriseZone zone() {
    StringBuilder services = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      services.append(
          "\"%s\" { all-down { answer = none }, check { kind = http, interval = 30s }, sites { a { addresses = [\"%s\"] } } }\n"
              .formatted(service(i), address(i)));
    }
    return Zones.of(1, services.toString());
  }

  /** A load balancer that measures and answers all services. */
  private Network network(String lines) {
    Network network = new Network(directory, lines).started();
    for (int i = 0; i < SERVICES; i++) {
      network.sites.answersAfter(address(i), 20);
    }
    InMemorySession session = network.open("backbone-1");
    network.update(session, zone());
    for (int i = 0; i < SERVICES; i++) {
      Duty.Builder duty =
          Duty.newBuilder()
              .setLabel("lb-nyc-1")
              .setService(service(i))
              .setZoneVersion(1)
              .addNameServers("lb-nyc-1.ns.lb.foobar.test")
              .setNameServerTtlSeconds(1800);
      network.receive(session, Frame.newBuilder().setCorrelation(i + 1).setDuty(duty).build());
    }
    network.pass(Duration.ofMinutes(2));
    assertThat(answered(network)).isEqualTo(SERVICES);
    return network;
  }

  private static int answered(Network network) {
    int answered = 0;
    for (int i = 0; i < SERVICES; i++) {
      answered += network.answers("lb-nyc-1." + service(i), Type.A).size();
    }
    return answered;
  }

  /** How many services are answered in each second, from the first that is not. */
  private static List<Integer> answeredFromTheFirstDown(Network network, int seconds) {
    List<Integer> all = new ArrayList<>();
    for (int waited = 0; waited < 180 && all.size() < seconds; waited++) {
      network.pass(SECOND);
      int answered = answered(network);
      if (answered < SERVICES || !all.isEmpty()) {
        all.add(answered);
      }
    }
    return all;
  }

  @Test
  void halfOfTheServicesGoOnWhereEverythingSeemsToFailAtOnceAndAllOnceItIsOver() {
    Network network = network("");
    for (int i = 0; i < SERVICES; i++) {
      network.sites.dies(address(i));
    }

    List<Integer> answered = answeredFromTheFirstDown(network, 55);
    assertThat(answered).hasSize(55).allMatch(it -> it >= SERVICES / 2);
    assertThat(answered.getLast()).as("the share was used up").isEqualTo(SERVICES / 2);
    assertThat(network.loadBalancer().figures().keptUp()).isPositive();

    for (int i = 0; i < SERVICES; i++) {
      network.sites.answersAfter(address(i), 20);
    }
    network.pass(Duration.ofMinutes(2));
    assertThat(answered(network)).isEqualTo(SERVICES);
  }

  @Test
  void withoutTheBrakeTheLoadBalancersOwnWordTakesAllOfThemDown() {
    Network network = network("\nprobe.brake.share = 1\n");
    for (int i = 0; i < SERVICES; i++) {
      network.sites.dies(address(i));
    }

    assertThat(answeredFromTheFirstDown(network, 55)).contains(0);
    assertThat(network.loadBalancer().figures().keptUp()).isZero();
  }

  @Test
  void fewSitesThatFailAreTakenDownAsSoonAsWithoutABrake() {
    Network network = network("");
    for (int i = 0; i < 3; i++) {
      network.sites.dies(address(i));
    }

    network.pass(Duration.ofSeconds(75));
    assertThat(answered(network)).isEqualTo(SERVICES - 3);
    assertThat(network.loadBalancer().figures().keptUp()).isZero();
  }

  @Test
  void whatGoesOnFailingIsTakenDownInTheEnd() {
    Network network = network("");
    for (int i = 0; i < SERVICES; i++) {
      network.sites.dies(address(i));
    }

    network.pass(Duration.ofMinutes(5));
    assertThat(answered(network)).isZero();
  }
}
