package net.dglb.bench.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import org.junit.jupiter.api.Test;

/** Two hours in which the best path of every city loses one probe in ten; the others lose 1 %. */
class LossPeriodTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long FROM = 2 * HOUR;
  private static final long TO = 4 * HOUR;
  private static final int HOURS = 8;
  private static final int[] SITES = {0, 1, 2, 3, 5, 8};
  private static final Conditions USUAL = new Conditions(0.2, 0.01, 0.1, 0, Duration.ofMinutes(10));

  /** What one load balancer answers, minute by minute. */
  private record Watched(int best, List<Integer> answers, int changes) {
    double shareOfBest(int fromMinute, int toMinute) {
      List<Integer> part = answers.subList(fromMinute, toMinute);
      return part.stream().filter(it -> it == best).count() / (double) part.size();
    }
  }

  private static Watched watch(int city, int best, Policy policy) {
    RoundTripMatrix matrix = MadeUpWorld.MATRIX;
    Internet internet =
        new Internet(matrix, SITES, USUAL, Duration.ofHours(HOURS), new SplittableRandom(city)) {
          @Override
          double loss(int from, int site, long nanos) {
            return site == best && nanos >= FROM && nanos < TO ? 0.1 : 0.01;
          }
        };
    SimulatedLoadBalancer loadBalancer =
        new SimulatedLoadBalancer(
            internet,
            city,
            new SimulatedService(matrix, SITES, policy, 0),
            new SplittableRandom(100 + city));
    List<Integer> answers = new ArrayList<>();
    for (int minute = 0; minute < HOURS * 60; minute++) {
      loadBalancer.advance(Duration.ofMinutes(1));
      answers.add(loadBalancer.answer());
    }
    return new Watched(best, answers, loadBalancer.changes());
  }

  /** Of the cities that have a second site near enough to go to. */
  private static List<Watched> watchAll(Policy policy) {
    List<Watched> all = new ArrayList<>();
    for (int city = 0; city < MadeUpWorld.MATRIX.size(); city++) {
      int best = -1;
      int second = -1;
      for (int site = 0; site < SITES.length; site++) {
        if (best < 0 || millis(city, site) < millis(city, best)) {
          second = best;
          best = site;
        } else if (second < 0 || millis(city, site) < millis(city, second)) {
          second = site;
        }
      }
      double lead = millis(city, second) - millis(city, best);
      if (lead > 20 && lead < 60) {
        all.add(watch(city, best, policy));
      }
    }
    return all;
  }

  private static double millis(int city, int site) {
    return MadeUpWorld.MATRIX.millis(city, SITES[site]);
  }

  @Test
  void movesTrafficOnceAndBackOnceWhereTheScoreTakesLossIn() {
    Policy policy =
        new Policy.Latency(
            Policy.Latency.DEFAULT.margin(),
            Policy.Latency.DEFAULT.timeConstant(),
            new Score.Download(Score.Download.USUAL_FLOOR));
    List<Watched> all = watchAll(policy);
    assertThat(all).hasSizeGreaterThan(5);
    assertThat(all.stream().mapToInt(Watched::changes).average().orElseThrow())
        .as("away and back")
        .isBetween(1.5, 3.0);
    for (Watched it : all) {
      assertThat(it.shareOfBest(30, 120)).as("before, %s", it).isGreaterThan(0.95);
      assertThat(it.shareOfBest(270, 480)).as("after, %s", it).isGreaterThan(0.95);
    }
    assertThat(all.stream().mapToDouble(it -> it.shareOfBest(150, 240)).average().orElseThrow())
        .as("from half an hour on while it lasts")
        .isLessThan(0.3);
  }

  @Test
  void movesNothingWhereLossCountsThroughHealthAlone() {
    List<Watched> all = watchAll(Policy.Latency.DEFAULT);
    assertThat(all.stream().mapToInt(Watched::changes).average().orElseThrow()).isLessThan(0.5);
    for (Watched it : all) {
      assertThat(it.shareOfBest(30, 480)).as("%s", it).isGreaterThan(0.99);
    }
  }
}
