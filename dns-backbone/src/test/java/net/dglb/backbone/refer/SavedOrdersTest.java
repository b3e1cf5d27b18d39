package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.Samples;
import net.dglb.dns.serve.Catalog;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What is kept of orders over a restart at places where nobody measures, and what is not. */
class SavedOrdersTest extends UnannouncedInTokyo {

  private static final String LONDON_RESOLVER = "198.18.78.53";

  /** Its place is known to a whole degree. */
  private static final String KEY = "www.lb.foobar.test near 52.0,-0.0 IPv4";

  private static final String KEPT = "ESTIMATED\ntokyo 192.0.2.2\nlondon 192.0.2.1";

  private final Map<String, byte[]> disk = new HashMap<>();
  private int saved;

  @BeforeEach
  void keep() {
    backbone.compiler.save(disk, () -> saved++);
    Policy byHand =
        new Policy.Failover(
            List.of("london", "tokyo"), false, Duration.ZERO, Duration.ofMinutes(5));
    backbone.zones = backbone.zones.stream().map(zone -> Samples.ranked(zone, byHand)).toList();
  }

  private void up() {
    backbone.timeline.advance(Duration.ofMinutes(2));
    Service www = service(Samples.WWW.toString());
    measured("lb-lon", www, Map.of(LONDON, 2.0, TOKYO, 220.0));
    measured("lb-nyc", www, Map.of(LONDON, 70.0, TOKYO, 160.0));
  }

  private void down(String address) {
    backbone.timeline.advance(Duration.ofMinutes(2));
    down("lb-lon", address);
    down("lb-nyc", address);
  }

  /** The address that a resolver in London is answered that has asked before. */
  private String answer() {
    Referrals referrals = backbone.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(WWW, Type.A, null), LONDON_RESOLVER);
    referrals.collectPlaces(backbone.places::wanted);
    backbone.places.tick();
    backbone.timeline.runDue();
    String answer = answers(backbone.ask(WWW, Type.A, LONDON_RESOLVER)).getFirst();
    return answer.substring(answer.lastIndexOf(' ') + 1);
  }

  private String kept() {
    return new String(disk.getOrDefault(KEY, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void theSiteThatStandsInUntilAnOperatorFailsBackIsAnswered() {
    disk.put(KEY, KEPT.getBytes(StandardCharsets.UTF_8));
    assertThat(answer()).isEqualTo(TOKYO);
  }

  @Test
  void withoutThatTheFirstOfThePolicyIsAnswered() {
    assertThat(answer()).isEqualTo(LONDON);
  }

  @Test
  void onlyWhatWouldNotBeFoundAgainIsKept() {
    assertThat(answer()).isEqualTo(LONDON);
    down(LONDON);
    assertThat(answer()).isEqualTo(TOKYO);
    assertThat(kept()).as("as it would be found again").isEmpty();

    up();
    assertThat(answer()).as("until an operator fails back").isEqualTo(TOKYO);
    assertThat(kept()).isEqualTo(KEPT);
    assertThat(disk.keySet())
        .as("there and at both labels, IPv4 alone was down")
        .allMatch(it -> it.startsWith("www.lb.foobar.test ") && it.endsWith(" IPv4"))
        .hasSize(3);
    int before = saved;
    assertThat(before).isPositive();

    down(TOKYO);
    assertThat(answer()).isEqualTo(LONDON);
    assertThat(kept()).as("as it would be found again").isEmpty();
    assertThat(saved).isGreaterThan(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ESTIMATED\ntokyo", "GUESSED\ntokyo 192.0.2.2", "MEASURED\n7 7"})
  void whatIsNotReadableIsLeftOut(String text) {
    disk.put(KEY, text.getBytes(StandardCharsets.UTF_8));
    assertThat(answer()).isEqualTo(LONDON);
  }

  @Test
  void servicesThatAreGoneAreForgotten() {
    disk.put("gone.lb.foobar.test at lb-nyc IPv4", new byte[0]);
    backbone.compile();
    assertThat(disk).doesNotContainKey("gone.lb.foobar.test at lb-nyc IPv4");
  }
}
