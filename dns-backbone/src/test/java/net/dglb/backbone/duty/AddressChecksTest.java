package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.dglb.backbone.Samples;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressChecksTest {

  private static final LabelSettings SETTINGS =
      new LabelSettings(1, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private record Asked(String way, Consumer<Optional<String>> result) {}

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<DomainName> told = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final Set<String> connected = new HashSet<>(Set.of("lb-nyc"));
  private final AddressChecks checks =
      new AddressChecks(
          SETTINGS,
          DomainName.of("_dglb.dglb.test"),
          this::tell,
          (address, port, tcp, name, text, result) ->
              asked.add(new Asked(address.getHostAddress() + (tcp ? " tcp" : " udp"), result)),
          new Random(1),
          timeline,
          List.of(),
          () -> {});

  @BeforeEach
  void newYorkIsKnown() {
    checks.world(Samples.loadBalancers());
    checks.tick();
  }

  @Test
  void asksEveryAddressOverUdpAndTcpOnceTheLoadBalancerIsReady() {
    assertThat(asked).isEmpty();

    checks.acknowledged("lb-nyc", told.getFirst());

    assertThat(asked.stream().map(Asked::way))
        .containsExactly(
            "198.18.1.1 udp",
            "198.18.1.1 tcp",
            "2001:db8:1:0:0:0:0:1 udp",
            "2001:db8:1:0:0:0:0:1 tcp");
  }

  @Test
  void trustsOnlyAfterTheLastAddressAnswered() {
    checks.acknowledged("lb-nyc", told.getFirst());

    asked.subList(0, 3).forEach(query -> query.result().accept(Optional.empty()));
    assertThat(checks.isTrusted("lb-nyc")).isFalse();

    asked.get(3).result().accept(Optional.empty());
    assertThat(checks.isTrusted("lb-nyc")).isTrue();
  }

  @Test
  void checksAgainAfterTheIntervalWithAnotherText() {
    answered(Optional.empty());

    timeline.advance(Duration.ofSeconds(31));
    checks.tick();

    assertThat(told).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aFailureTakesTheTrustAwayAndIsNamedAndTriedAgainSoon() {
    answered(Optional.empty());
    timeline.advance(Duration.ofSeconds(31));
    checks.tick();
    asked.clear();
    checks.acknowledged("lb-nyc", told.getLast());
    asked.getFirst().result().accept(Optional.of("198.18.1.1:53 over UDP: no answer"));

    assertThat(checks.isTrusted("lb-nyc")).isFalse();
    assertThat(checks.failures()).containsEntry("lb-nyc", "198.18.1.1:53 over UDP: no answer");

    timeline.advance(Duration.ofSeconds(5));
    checks.tick();
    assertThat(told).hasSize(3);
  }

  @Test
  void lateAnswersOfAnEarlierCheckDoNotCount() {
    checks.acknowledged("lb-nyc", told.getFirst());
    List<Asked> first = List.copyOf(asked);
    first.getFirst().result().accept(Optional.of("lost"));
    timeline.advance(Duration.ofSeconds(6));
    checks.tick();
    checks.acknowledged("lb-nyc", told.getLast());

    first.forEach(query -> query.result().accept(Optional.empty()));

    assertThat(checks.isTrusted("lb-nyc")).isFalse();
  }

  @Test
  void oneThatNeverSaysThatItAnswersFails() {
    timeline.advance(Duration.ofSeconds(7));
    checks.tick();

    assertThat(checks.failures().get("lb-nyc")).startsWith("it did not say that it answers ");
  }

  @Test
  void whileThereIsNoSessionNothingIsLost() {
    answered(Optional.empty());
    connected.clear();

    timeline.advance(Duration.ofMinutes(5));
    checks.tick();

    assertThat(checks.isTrusted("lb-nyc")).isTrue();
  }

  private void answered(Optional<String> problem) {
    checks.acknowledged("lb-nyc", told.getLast());
    asked.forEach(query -> query.result().accept(problem));
  }

  private boolean tell(String id, DomainName name, String text) {
    if (connected.contains(id)) {
      told.add(name);
    }
    return connected.contains(id);
  }
}
