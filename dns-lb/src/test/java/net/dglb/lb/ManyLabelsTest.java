package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.Frame;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load balancer with many labels, each of which takes a while to rank, as thousands do. */
class ManyLabelsTest {

  private static final int SERVICES = 200;
  private static final Duration PER_RANKING = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(10);

  @TempDir private Path directory;
  private Network network;
  private int looks;
  private long lookedNanos;
  private long longestMillis;

  @BeforeEach
  void startWithSlowRankings() {
    network = new Network(directory, "probe.per-second = 100000\nprobe.in-flight = 10000\n");
    network.disk.put(
        "rankings",
        new HashMap<>() {
          @Override
          public byte @Nullable [] get(Object key) {
            looks++;
            network.timeline().spend(PER_RANKING);
            return super.get(key);
          }
        });
    network.restart();
  }

  @Test
  void whatElseIsDueWaitsForSomeLabelsOnlyAndNotForAll() {
    lookedNanos = network.timeline().nanoTime();
    network.timeline().every(LOOK, LOOK, this::look);
    InMemorySession session = network.open("backbone-1");
    takeOver(session, zone());
    network.pass(Duration.ofMinutes(2));

    assertThat(acknowledged(session)).as("all are answered").isEqualTo(SERVICES);
    assertThat(longestMillis).as("to rank all takes four seconds").isLessThan(200);
  }

  @Test
  void aRepeatedDutyIsAcknowledgedAndHasNothingRankedAgain() {
    InMemorySession session = network.open("backbone-1");
    EnterpriseZone zone = zone();
    takeOver(session, zone);
    network.pass(Duration.ofSeconds(100));
    assertThat(acknowledged(session)).isEqualTo(SERVICES);
    int before = looks;

    takeOver(session, zone);
    network.pass(Duration.ofSeconds(1));
    assertThat(acknowledged(session)).isEqualTo(2 * SERVICES);
    assertThat(looks - before).as("a few were measured meanwhile").isLessThan(SERVICES / 4);
  }

  private static EnterpriseZone zone() {
    StringBuilder services = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      services.append(
          "\"s%d.lb.foobar.test\" { sites { a { addresses = [\"192.0.2.1\"] } } }\n".formatted(i));
    }
    return Zones.of(1, services.toString());
  }

  private static int acknowledged(InMemorySession session) {
    return session.sent(Frame::hasDutyAck).size();
  }

  private void look() {
    long now = network.timeline().nanoTime();
    longestMillis = Math.max(longestMillis, TimeUnit.NANOSECONDS.toMillis(now - lookedNanos));
    lookedNanos = now;
  }

  private void takeOver(InMemorySession session, EnterpriseZone zone) {
    network.update(session, zone);
    for (Service service : zone.services()) {
      Duty.Builder duty =
          Duty.newBuilder()
              .setLabel("lb-nyc-1")
              .setService(service.name().toString())
              .setZoneVersion(1)
              .addNameServers("lb-nyc-1.ns.lb.foobar.test")
              .setNameServerTtlSeconds(1800);
      network.receive(session, Frame.newBuilder().setDuty(duty).build());
    }
  }
}
