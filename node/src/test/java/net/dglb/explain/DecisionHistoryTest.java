package net.dglb.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of decisions, for how long, and over which restarts. */
class DecisionHistoryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, byte[]> disk = new HashMap<>();
  private int saved;

  private DecisionHistory open() {
    return new DecisionHistory(disk, () -> saved++);
  }

  private static JsonObject site(String name) {
    return new JsonObject().put("site", name);
  }

  @Test
  void ofSeveralThingsEachHasItsOwnPast() {
    DecisionHistory history = open();
    history.add("www at lb-1", START, site("paris"));
    history.add("www at lb-2", START.plusSeconds(5), site("rome"));
    history.add("www at lb-1", START.plusSeconds(10), site("tokyo"));

    assertThat(history.at("www at lb-1", START.plusSeconds(9)).orElseThrow().getString("site"))
        .isEqualTo("paris");
    assertThat(history.at("www at lb-1", START.plusSeconds(10)).orElseThrow())
        .isEqualTo(site("tokyo").put("decided", "2026-01-01T00:00:10Z"));
    assertThat(history.at("www at lb-2", START.plusSeconds(4))).isEmpty();
    assertThat(history.at("www at lb-3", START.plusSeconds(99))).isEmpty();
    assertThat(history.knows("www at lb-2")).isTrue();
    assertThat(history.knows("www at lb-3")).isFalse();
    assertThat(saved).isEqualTo(3);
  }

  @Test
  void aRestartGoesOnWhereItWas() {
    open().add("www", START, site("paris"));
    open().add("www", START.plusSeconds(10), site("tokyo"));

    DecisionHistory history = open();

    assertThat(history.at("www", START).orElseThrow().getString("site")).isEqualTo("paris");
    assertThat(history.at("www", START.plusSeconds(10)).orElseThrow().getString("site"))
        .isEqualTo("tokyo");
    assertThat(history.reachesBackTo()).contains(START);
  }

  @Test
  void theOldestIsForgottenForTheNewestAndNotMoreThanThereIsRoomFor() {
    DecisionHistory history = open();
    Random random = new Random(1);
    String first = "";
    for (int i = 0; i < 150; i++) {
      byte[] noise = new byte[75_000];
      random.nextBytes(noise);
      first = "www " + i / 2;
      history.add(first, START.plusSeconds(i), new JsonObject().put("noise", noise));
    }

    long octets = disk.values().stream().mapToLong(it -> it.length).sum();
    assertThat(octets)
        .isLessThanOrEqualTo(DecisionHistory.MOST_OCTETS)
        .isGreaterThan(DecisionHistory.MOST_OCTETS / 2);
    assertThat(history.knows("www 0")).isFalse();
    assertThat(history.at("www 0", START.plusSeconds(99))).isEmpty();
    assertThat(history.at(first, START.plusSeconds(999))).isPresent();
    assertThat(history.reachesBackTo().orElseThrow()).isAfter(START);
    assertThat(open().reachesBackTo()).isEqualTo(history.reachesBackTo());
  }

  @Test
  void whatIsNotReadableIsLeftOut() {
    DecisionHistory history = open();
    history.add("www", START, site("paris"));
    disk.put("0000000000000001 www", new byte[] {1, 2, 3});
    disk.put("0000000000000002", new byte[] {1, 2, 3});

    DecisionHistory again = open();

    assertThat(again.at("www", START.plusSeconds(1)).orElseThrow().getString("site"))
        .isEqualTo("paris");
    assertThat(again.reachesBackTo()).contains(START);
    assertThat(disk).as("of an earlier build").doesNotContainKey("0000000000000002");
  }
}
