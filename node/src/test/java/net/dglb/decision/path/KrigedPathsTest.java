package net.dglb.decision.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.dglb.net.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KrigedPathsTest {

  private static final Location PARIS = new Location(48.9, 2.4);
  private static final Location BRUSSELS = new Location(50.8, 4.4);
  private static final Location LYON = new Location(45.8, 4.8);
  private static final Location CAIRO = new Location(30.0, 31.2);
  private static final Location NEW_YORK = new Location(40.7, -74.0);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static Location somewhere(Random random) {
    return new Location(random.nextDouble() * 140 - 70, random.nextDouble() * 360 - 180);
  }

  private static List<MeasuredPath> paths(Random random, int count) {
    List<MeasuredPath> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(
          new MeasuredPath(somewhere(random), somewhere(random), 1 + random.nextDouble() * 300));
    }
    return paths;
  }

  private static double expected(List<MeasuredPath> measured, Location one, Location other) {
    return KrigedPaths.fit(measured, List.of()).estimate(one, other).expectedMillis();
  }

  @Test
  void isGeographyWhenNothingWasMeasured() {
    LatencyEstimator nothing = KrigedPaths.fit(List.of(), List.of());
    assertThat(nothing.estimate(PARIS, BRUSSELS).expectedMillis())
        .isLessThan(nothing.estimate(PARIS, CAIRO).expectedMillis())
        .isGreaterThan(PARIS.kilometresTo(BRUSSELS) * 0.01);
  }

  @Test
  void carriesADetourToThoseNearby() {
    List<MeasuredPath> detour =
        List.of(
            new MeasuredPath(BRUSSELS, CAIRO, 200),
            new MeasuredPath(LYON, CAIRO, 210),
            new MeasuredPath(BRUSSELS, NEW_YORK, 80),
            new MeasuredPath(LYON, NEW_YORK, 85));
    assertThat(PARIS.kilometresTo(CAIRO)).isLessThan(PARIS.kilometresTo(NEW_YORK));
    assertThat(expected(detour, PARIS, CAIRO))
        .isGreaterThan(1.5 * expected(detour, PARIS, NEW_YORK));
  }

  @Test
  void aCitysBadConnectionsCountForLittleWithinIt() {
    List<MeasuredPath> bad = new ArrayList<>();
    for (Location far : List.of(BRUSSELS, LYON, CAIRO, NEW_YORK)) {
      bad.add(new MeasuredPath(PARIS, far, 400));
    }
    Location suburb = new Location(48.92, 2.45);
    assertThat(expected(bad, PARIS, suburb)).isLessThan(20);
    assertThat(expected(bad, suburb, CAIRO)).as("from there to elsewhere").isGreaterThan(200);
  }

  @Test
  void approachesWhatWasMeasuredOftenOnOnePath() {
    List<MeasuredPath> often = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      often.add(new MeasuredPath(PARIS, NEW_YORK, 90));
    }
    assertThat(expected(often, PARIS, NEW_YORK)).isCloseTo(90, within(2.0));
  }

  @Test
  void isLessCertainFartherFromWhatWasMeasured() {
    LatencyEstimator model =
        KrigedPaths.fit(List.of(new MeasuredPath(BRUSSELS, NEW_YORK, 80)), List.of());
    assertThat(relativeRange(model.estimate(PARIS, NEW_YORK)))
        .isLessThan(relativeRange(model.estimate(CAIRO, new Location(-33.9, 18.4))));
  }

  private static double relativeRange(PathEstimate estimate) {
    return (estimate.highMillis() - estimate.lowMillis()) / estimate.expectedMillis();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameInBothDirectionsAndNeverFasterThanLightInFibre(long seed) {
    Random random = new Random(seed);
    LatencyEstimator model = KrigedPaths.fit(paths(random, 40), KnownPaths.PUBLISHED);
    Location one = somewhere(random);
    Location other = somewhere(random);
    PathEstimate there = model.estimate(one, other);
    PathEstimate back = model.estimate(other, one);
    assertThat(back.expectedMillis()).isCloseTo(there.expectedMillis(), within(1e-6));
    double floor = one.kilometresTo(other) * 0.01 * (1 - 1e-9);
    assertThat(there.lowMillis()).isGreaterThanOrEqualTo(floor);
    assertThat(there.expectedMillis()).isGreaterThanOrEqualTo(there.lowMillis());
    assertThat(there.highMillis()).isGreaterThanOrEqualTo(there.lowMillis());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doesNotDependOnTheOrderOfTheMeasurements(long seed) {
    Random random = new Random(seed);
    List<MeasuredPath> paths = paths(random, 21);
    Location one = somewhere(random);
    Location other = somewhere(random);
    assertThat(expected(paths.reversed(), one, other))
        .isCloseTo(expected(paths, one, other), within(1e-6));
  }

  /** Each city in turn as one of which nothing is known but where it is. */
  @Test
  void estimatesAPublishedCityFromTheOthersWithHalfOfGeographysError() {
    double error = 0;
    double geographic = 0;
    for (Location city :
        KnownPaths.PUBLISHED.stream().map(MeasuredPath::other).distinct().toList()) {
      List<MeasuredPath> rest =
          KnownPaths.PUBLISHED.stream().filter(path -> !touches(path, city)).toList();
      LatencyEstimator model = KrigedPaths.fit(List.of(), rest);
      for (MeasuredPath path : KnownPaths.PUBLISHED) {
        if (touches(path, city)) {
          double estimate = model.estimate(path.one(), path.other()).expectedMillis();
          error += Math.abs(estimate - path.latencyMillis());
          double light = path.one().kilometresTo(path.other()) * 0.01;
          geographic += Math.abs(light - path.latencyMillis());
        }
      }
    }
    assertThat(error).isLessThan(geographic / 2);
  }

  private static boolean touches(MeasuredPath path, Location city) {
    return path.one().equals(city) || path.other().equals(city);
  }

  @Test
  void refusesMorePathsThanItCanHold() {
    List<MeasuredPath> many = paths(new Random(1), KrigedPaths.MAX_PATHS + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KrigedPaths.fit(many, List.of()))
        .withMessage("paths: 1001 (expected at most 1000)");
  }

  @Test
  void refusesALatencyThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeasuredPath(PARIS, LYON, Double.NaN))
        .withMessageContaining("latency: NaN ms");
  }
}
