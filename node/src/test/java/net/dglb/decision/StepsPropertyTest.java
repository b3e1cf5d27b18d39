package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.dglb.net.Prefix;
import net.dglb.net.PrefixSlots;
import net.dglb.service.Policy;
import net.dglb.service.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every chain, over random scenes. */
class StepsPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static List<String> ids(Random random) {
    List<String> ids = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      ids.add("site-" + i);
    }
    return ids;
  }

  private static Policy policy(List<String> ids, Random random) {
    List<Step> steps = new ArrayList<>();
    if (random.nextBoolean()) {
      steps.add(
          new Step.Static(
              List.of(
                  new Step.Static.Rule(
                      List.of(Prefix.parse("192.0.2.0/24")), List.of(ids.getFirst())))));
    }
    if (random.nextBoolean()) {
      steps.add(new Step.Within(Step.Measure.LATENCY, random.nextInt(50)));
    }
    if (random.nextBoolean()) {
      steps.add(new Step.Shed(0.2, 0.8));
    }
    if (random.nextBoolean()) {
      steps.add(new Step.First(1 + random.nextInt(3)));
    }
    steps.add(
        switch (random.nextInt(4)) {
          case 0 -> new Step.Percentages(shares(ids, random));
          case 1 -> new Step.Weighted(Step.Weights.WEIGHT);
          case 2 -> new Step.RoundRobin();
          default -> new Step.Hash();
        });
    return new Policy.Chain(Policy.Latency.DEFAULT, steps);
  }

  private static Map<String, Double> shares(List<String> ids, Random random) {
    Map<String, Double> shares = new HashMap<>();
    double left = 100;
    for (String id : ids.subList(1, ids.size())) {
      double share = random.nextInt((int) left + 1);
      shares.put(id, share);
      left -= share;
    }
    shares.put(ids.getFirst(), left);
    return shares;
  }

  private static Scene scene(List<String> ids, Random random) {
    Scene scene = new Scene();
    for (String id : ids) {
      Health health =
          List.of(Health.UP, Health.UP, Health.UNKNOWN, Health.DOWN).get(random.nextInt(4));
      scene.loaded(id, health, random.nextInt(100), 1 + random.nextInt(3), random.nextDouble());
    }
    return scene;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isAPermutationWithNoDeadSiteAboveALivingOneInEverySlot(long seed) {
    Random random = new Random(seed);
    List<String> ids = ids(random);
    Policy policy = policy(ids, random);
    Ranking before = scene(ids, random).policy(policy).rank();
    Ranking ranking = scene(ids, random).policy(policy).after(before).rank();
    List<Spread.Row> rows =
        ranking
            .spread()
            .map(Spread::rows)
            .orElseGet(() -> List.of(new Spread.Row(ranking.order(), List.of(0))));
    for (Spread.Row row : rows) {
      for (int slot = 0; slot < PrefixSlots.COUNT; slot += 37) {
        List<RankedSite> order = row.order(slot);
        assertThat(order).extracting(RankedSite::siteId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(order.stream().map(RankedSite::health)).isSortedAccordingTo(Health::compareTo);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameForTheSameInput(long seed) {
    Ranking once = ranked(new Random(seed));
    assertThat(ranked(new Random(seed))).isEqualTo(once);
  }

  private static Ranking ranked(Random random) {
    List<String> ids = ids(random);
    Policy policy = policy(ids, random);
    return scene(ids, random).policy(policy).rank();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void meetsPercentagesToWithinOneSlotAndMovesOnlyTheShareOfOneThatGoes(long seed) {
    Random random = new Random(seed);
    int sites = 2 + random.nextInt(8);
    double[] weights = random.doubles(sites, 0, 5).toArray();
    double sum = LongStream.range(0, sites).mapToDouble(i -> weights[(int) i]).sum();
    BitSet all = new BitSet();
    all.set(0, sites);
    int[] owners = Allotment.of(weights, all, PrefixSlots.COUNT);
    int[] counts = new int[sites];
    for (int owner : owners) {
      counts[owner]++;
    }
    for (int i = 0; i < sites; i++) {
      assertThat((double) counts[i])
          .as("site %d", i)
          .isEqualTo(weights[i] / sum * PrefixSlots.COUNT, within(1.0));
    }
    int gone = random.nextInt(sites);
    all.clear(gone);
    int[] after = Allotment.of(weights, all, PrefixSlots.COUNT);
    for (int slot = 0; slot < owners.length; slot++) {
      if (owners[slot] == gone) {
        assertThat(after[slot]).isNotEqualTo(gone);
      } else {
        assertThat(after[slot]).isEqualTo(owners[slot]);
      }
    }
  }

  @Test
  void leavesSlotsToNobodyWhereEveryWeightIsZero() {
    BitSet all = new BitSet();
    all.set(0, 2);
    assertThat(Allotment.of(new double[] {0, 0}, all, 10)).containsOnly(Allotment.NOBODY);
  }

  @Test
  void spreadsPrefixesEvenlyAndKeepsOnePrefixTogether() {
    int[] counts = new int[10];
    for (long net = 0; net < 20_000; net++) {
      long high = net << 40;
      int slot = PrefixSlots.of(true, high);
      assertThat(PrefixSlots.of(true, high | (0x7fL << 32))).isEqualTo(slot);
      counts[slot / 100]++;
    }
    assertThat(counts)
        .as("of 20,000")
        .satisfies(it -> {
          for (int count : it) {
            assertThat(count).isBetween(1_800, 2_200);
          }
        });
  }

  @Test
  void takesEverySlotOnceInARoundOfTurnsAndNoneTwiceInARow() {
    BitSet seen = new BitSet();
    for (int turn = 0; turn < PrefixSlots.COUNT; turn++) {
      seen.set(PrefixSlots.turn(turn));
      assertThat(Math.abs(PrefixSlots.turn(turn) - PrefixSlots.turn(turn + 1))).isGreaterThan(300);
    }
    assertThat(seen.cardinality()).isEqualTo(PrefixSlots.COUNT);
  }
}
