package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every ranking, over random scenes; the seed is in the name of a failing test. */
class RankerPropertyTest {

  private static final int MARGIN_MILLIS = 5;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private record Draw(String id, Health health, double latencyMillis, boolean measured) {}

  private static Health health(Random random) {
    return List.of(Health.UP, Health.UNKNOWN, Health.DOWN).get(random.nextInt(3));
  }

  private static List<Draw> draw(Random random) {
    List<Draw> draws = new ArrayList<>();
    int sites = 1 + random.nextInt(8);
    for (int i = 0; i < sites; i++) {
      Health health = health(random);
      draws.add(new Draw("site-" + i, health, random.nextInt(40) * 0.5, random.nextInt(4) > 0));
    }
    return draws;
  }

  private static Scene scene(List<Draw> draws, double scale) {
    Scene scene = new Scene().margin(Duration.ofNanos((long) (MARGIN_MILLIS * scale * 1e6)));
    for (Draw it : draws) {
      if (it.measured()) {
        scene.site(it.id(), it.health(), it.latencyMillis() * scale);
      } else {
        scene.unmeasured(it.id(), it.health());
      }
    }
    return scene;
  }

  /** The same sites with other states. */
  private static List<Draw> redraw(List<Draw> draws, Random random) {
    return draws.stream()
        .map(it ->
            new Draw(it.id(), health(random), random.nextInt(40) * 0.5, random.nextInt(4) > 0))
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isAPermutationOfTheSites(long seed) {
    List<Draw> draws = draw(new Random(seed));
    assertThat(Scene.ids(scene(draws, 1).rank()))
        .containsExactlyInAnyOrderElementsOf(draws.stream().map(Draw::id).toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverRanksADeadSiteAboveALivingOne(long seed) {
    Random random = new Random(seed);
    List<Draw> draws = draw(random);
    Ranking ranking = scene(redraw(draws, random), 1).after(scene(draws, 1).rank()).rank();
    assertThat(ranking.order().stream().map(RankedSite::health))
        .isSortedAccordingTo(Health::compareTo);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doesNotChangeWhenLatenciesAndMarginScaleAlike(long seed) {
    Random random = new Random(seed);
    List<Draw> first = draw(random);
    List<Draw> second = redraw(first, random);
    Ranking plain = scene(second, 1).after(scene(first, 1).rank()).rank();
    Ranking scaled = scene(second, 4).after(scene(first, 4).rank()).rank();
    assertThat(Scene.ids(scaled)).isEqualTo(Scene.ids(plain));
    assertThat(Scene.reasons(scaled)).isEqualTo(Scene.reasons(plain));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameForTheSameInput(long seed) {
    Random random = new Random(seed);
    List<Draw> first = draw(random);
    List<Draw> second = redraw(first, random);
    Ranking once = scene(second, 1).after(scene(first, 1).rank()).rank();
    Ranking again = scene(second, 1).after(scene(first, 1).rank()).rank();
    assertThat(again).isEqualTo(once);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void changesTheFirstOfSitesThatAreUpOnlyPastTheMargin(long seed) {
    Random random = new Random(seed);
    List<Draw> first = allUp(draw(random));
    List<Draw> second = allUp(redraw(first, random));
    Ranking before = scene(first, 1).rank();
    Ranking now = scene(second, 1).after(before).rank();
    double heldBefore = latency(second, Scene.ids(before).getFirst());
    double lowest = second.stream().mapToDouble(Draw::latencyMillis).min().orElseThrow();
    if (heldBefore - lowest <= MARGIN_MILLIS) {
      assertThat(Scene.ids(now).getFirst()).isEqualTo(Scene.ids(before).getFirst());
    } else {
      assertThat(latency(second, Scene.ids(now).getFirst())).isEqualTo(lowest);
    }
  }

  private static List<Draw> allUp(List<Draw> draws) {
    return draws.stream()
        .map(it -> new Draw(it.id(), Health.UP, it.latencyMillis(), true))
        .toList();
  }

  private static double latency(List<Draw> draws, String id) {
    return draws.stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow()
        .latencyMillis();
  }
}
