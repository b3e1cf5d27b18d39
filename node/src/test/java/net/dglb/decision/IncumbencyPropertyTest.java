package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import net.dglb.net.AddressFamily;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leads of all rivals as they are defined, over random scenes of up to 300 sites. */
class IncumbencyPropertyTest {

  private static final Policy POLICY = Policy.Latency.DEFAULT;
  private static final int ROUNDS = 8;
  private static final Duration ROUND = Duration.ofSeconds(30);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static Scene draw(int sites, int round, Random random) {
    Scene scene = new Scene().later(ROUND.multipliedBy(round));
    for (int site = 0; site < sites; site++) {
      String id = "site-" + site;
      if (random.nextInt(20) == 0) {
        scene.unmeasured(id, Health.UNKNOWN);
      } else {
        Health health = random.nextInt(10) == 0 ? Health.DOWN : Health.UP;
        scene.site(id, health, 100 + 2 * random.nextGaussian() - (site % 7));
      }
    }
    return scene;
  }

  /** The same ranking with all but the first in another order: a lead is found wherever it is. */
  private static Ranking shuffled(Ranking ranking, Random random) {
    List<RankedSite> rest = new ArrayList<>(ranking.order());
    RankedSite first = rest.removeFirst();
    Collections.shuffle(rest, random);
    rest.addFirst(first);
    return new Ranking(ranking.service(), ranking.family(), rest, ranking.basis());
  }

  private static Optional<RankedSite> find(RankedSite site, Ranking ranking) {
    return ranking.order().stream()
        .filter(it -> it.siteId().equals(site.siteId()) && it.address().equals(site.address()))
        .findFirst();
  }

  /** By the definition of {@link Lead} and {@link MarginRule}. */
  private static Optional<Lead> defined(RankedSite rival, Ranking now, Ranking before, Instant at) {
    RankedSite held = now.order().getFirst();
    boolean isRival = !rival.equals(held) && rival.standing() == held.standing();
    if (!isRival || rival.score().isEmpty() || held.score().isEmpty()) {
      return Optional.empty();
    }
    double heldMillis = held.score().getAsDouble();
    double allowed = MarginRule.of(POLICY, heldMillis, 1).allowedMillis();
    double rate = (heldMillis - rival.score().getAsDouble() - allowed) / heldMillis;
    double sum =
        find(rival, before)
            .flatMap(RankedSite::lead)
            .map(last -> Math.max(0, last.shareSeconds() + rate * ROUND.toSeconds()))
            .orElse(0.0);
    return sum > 0 || rate > 0 ? Optional.of(new Lead(sum, at)) : Optional.empty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRivalHasTheLeadOfTheDefinition(long seed) {
    Random random = new Random(seed);
    int sites = 2 + random.nextInt(300);
    Ranking before = draw(sites, 0, random).rank();
    for (int round = 1; round <= ROUNDS; round++) {
      Ranking answered = shuffled(before, random);
      Ranking now = draw(sites, round, random).after(answered).rank();
      RankedSite first = now.order().getFirst();
      boolean kept = first.siteId().equals(answered.order().getFirst().siteId());
      for (RankedSite rival : now.order()) {
        Optional<Lead> expected =
            kept
                ? defined(rival, now, answered, Scene.NOW.plus(ROUND.multipliedBy(round)))
                : Optional.empty();
        assertThat(rival.lead()).as("%s in round %s", rival.siteId(), round).isEqualTo(expected);
      }
      before = now;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLastOrderGoesOnWhenNothingIsMeasuredAnyMore(long seed) {
    Random random = new Random(seed);
    int sites = 2 + random.nextInt(300);
    Ranking before = shuffled(draw(sites, 0, random).rank(), random);
    Scene silent = new Scene().later(ROUND).after(before);
    for (int site = 0; site < sites; site++) {
      silent.unmeasured("site-" + site, Health.UP);
    }
    assertThat(Scene.ids(silent.rank())).isEqualTo(Scene.ids(before));
  }

  private static List<Candidate> candidates(int count, boolean measured) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double millis = 100 - (i % 7);
      InetAddress address =
          InetAddress.ofLiteral("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255));
      all.add(
          new Candidate(
              "site-" + i,
              address,
              Health.UP,
              measured ? Optional.of(new Estimate(millis, 0, 1, Scene.NOW)) : Optional.empty(),
              false,
              Optional.empty(),
              false,
              measured ? millis : Double.MAX_VALUE,
              0,
              OptionalDouble.empty(),
              1,
              i));
    }
    return all;
  }

  private static Ranking rank(List<Candidate> candidates, Optional<Ranking> previous) {
    Service service = new Scene().site("a", Health.UP, 1).service();
    return new ScoreOrder(POLICY, previous, Scene.NOW)
        .rank(service, AddressFamily.IPV4, candidates);
  }

  /** A search through the previous ranking for each of them would take minutes. */
  @Test
  void ranksSixtyThousandCandidatesInSeconds() {
    int count = 60_000;
    List<Candidate> measured = candidates(count, true);
    List<Candidate> silent = candidates(count, false);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Ranking before = rank(measured, Optional.empty());
    Ranking answered = shuffled(before, new Random(1));
    assertThat(rank(measured, Optional.of(answered)).order()).hasSize(count);
    assertThat(rank(silent, Optional.of(answered)).order()).hasSize(count);
    Duration taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    assertThat(taken).isLessThan(Duration.ofSeconds(10));
  }
}
