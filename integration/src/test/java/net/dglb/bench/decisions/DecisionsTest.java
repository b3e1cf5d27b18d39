package net.dglb.bench.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.bench.BenchCommand;
import net.dglb.bench.decisions.Result.Row;
import net.dglb.bench.decisions.Result.Setting;
import net.dglb.command.terminal.Terminal;
import net.dglb.service.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTest {

  private static final Conditions CALM = new Conditions(0, 0, 0, 0, Duration.ofMinutes(10));
  private static final Conditions USUAL =
      new Conditions(0.2, 0.01, 0.1, 0.25, Duration.ofMinutes(10));

  @TempDir private Path directory = Path.of("");

  private static Result run(List<Double> fractions, int days, int trials, Conditions conditions) {
    Plan plan = new Plan(4, fractions, days, trials, conditions, 3);
    return DecisionsCommand.run(MadeUpWorld.MATRIX, plan);
  }

  private static Row row(Setting setting, String way) {
    return setting.rows().stream().filter(it -> it.way().equals(way)).findFirst().orElseThrow();
  }

  @Test
  void findsTheBestAlmostAlwaysWhenNothingDisturbs() {
    Setting setting = run(List.of(1.0), 1, 0, CALM).settings().getFirst();
    assertThat(row(setting, "network").meanMillis()).isLessThan(0.01);
    assertThat(row(setting, "geographic nearest").meanMillis()).isPositive();
    assertThat(setting.changes().orElseThrow().mean()).isLessThan(0.5);
  }

  @Test
  void staysNearTheOracleInUsualConditions() {
    Setting setting = run(List.of(1.0), 1, 0, USUAL).settings().getFirst();
    Row network = row(setting, "network");
    assertThat(network.meanMillis()).isLessThan(0.2);
    assertThat(network.answers()).isEqualTo(30L * 288);
    assertThat(setting.changes().orElseThrow().needlessMean()).isLessThan(0.2);
    assertThat(setting.changes().orElseThrow().needlessPercentile999()).isLessThanOrEqualTo(2);
  }

  @Test
  void changesNoMoreWithoutNeedWhereACapStretchesTheInterval() {
    Plan plan = new Plan(4, List.of(1.0), 1, 0, USUAL, 3, 1 / 400.0);
    Setting setting = DecisionsCommand.run(MadeUpWorld.MATRIX, plan).settings().getFirst();
    Result.Changes changes = setting.changes().orElseThrow();
    assertThat(changes.needlessMean()).isLessThan(0.2);
    assertThat(changes.needlessPercentile999()).isLessThanOrEqualTo(2);
    assertThat(row(setting, "network").meanMillis())
        .as("still far better than geography")
        .isLessThan(row(setting, "geographic nearest").meanMillis() / 4);
  }

  @Test
  void leavesASiteThatStoppedWorkingAndComesBack() {
    Conditions outages = new Conditions(0, 0, 0, 2, Duration.ofMinutes(60));
    Setting setting = run(List.of(1.0), 1, 0, outages).settings().getFirst();
    assertThat(row(setting, "network").brokenShare())
        .isPositive()
        .isLessThan(row(setting, "geographic nearest").brokenShare() / 4);
    assertThat(setting.changes().orElseThrow().mean()).isPositive();
  }

  @Test
  void doesNotFlapWhileOneProbeInTenIsLost() {
    Conditions lossy = new Conditions(0.2, 0.1, 0.1, 0.25, Duration.ofMinutes(10));
    Setting setting = run(List.of(1.0), 1, 0, lossy).settings().getFirst();
    Result.Changes changes = setting.changes().orElseThrow();
    assertThat(changes.needlessMean()).isLessThan(0.3);
    assertThat(changes.needlessPercentile999()).isLessThanOrEqualTo(2);
    assertThat(row(setting, "network").meanMillis()).isLessThan(0.2);
    assertThat(changes.outageSeenMeanSeconds()).isBetween(20.0, 60.0);
    assertThat(changes.outageSeenMostSeconds())
        .as("of fall x interval")
        .isLessThan(HealthCheck.USUAL_FALL * (HealthCheck.USUAL_INTERVAL.toMillis() / 1e3));
  }

  /**
   * Six load balancers know little of two continents with a wall; {@link RealPathsTest} says more.
   */
  @Test
  void beatsGeographyWithFewLoadBalancers() {
    for (Setting setting : run(List.of(0.5, 0.2), 0, 10, USUAL).settings()) {
      assertThat(row(setting, "network").ofGeographic())
          .as("at %s of the cities", setting.fraction())
          .isLessThan(setting.fraction() == 0.5 ? 0.32 : 0.85);
      assertThat(row(setting, "geographic nearest").ofGeographic()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void answersThatRestOnEstimatesStayAsWell() {
    Setting setting = run(List.of(0.2), 1, 1, USUAL).settings().getFirst();
    Result.Changes changes = setting.changes().orElseThrow();
    assertThat(changes.clientDays()).as("clients without a load balancer").isEqualTo(24);
    assertThat(changes.needlessMean()).isLessThan(0.5);
    assertThat(changes.needlessPercentile999()).isLessThanOrEqualTo(2);
  }

  @Test
  void answersThatRestOnEstimatesFollowWhatTheLoadBalancersSee() {
    Conditions outages = new Conditions(0, 0, 0, 4, Duration.ofMinutes(60));
    Setting setting = run(List.of(0.2), 1, 1, outages).settings().getFirst();
    Result.Changes changes = setting.changes().orElseThrow();
    assertThat(changes.mean()).as("away from a site that is out, and back").isGreaterThan(1);
  }

  @Test
  void givesTheSameForTheSameSeedWhateverElseIsRun() {
    Result both = run(List.of(1.0, 0.5), 1, 2, USUAL);
    assertThat(run(List.of(1.0, 0.5), 1, 2, USUAL)).isEqualTo(both);
    assertThat(run(List.of(1.0), 1, 0, USUAL).settings().getFirst())
        .isEqualTo(both.settings().getFirst());
  }

  private record Run(int exitCode, String out, String err) {
    static Run of(Path directory, String... more) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      Terminal terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true));
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("decisions", "--cities", directory.resolve("cities.csv") + ""));
      arguments.addAll(List.of("--matrix", directory.resolve("matrix.csv") + ""));
      arguments.addAll(List.of(more));
      int code = BenchCommand.commandLine(terminal).execute(arguments.toArray(String[]::new));
      return new Run(code, out.toString(), err.toString());
    }
  }

  @Test
  void printsATableAndAJsonObject() throws IOException {
    MadeUpWorld.write(directory.resolve("cities.csv"), directory.resolve("matrix.csv"));
    Run table = Run.of(directory, "--sites", "3", "--lbs", "0.3", "--trials", "1");
    assertThat(table.exitCode()).isZero();
    assertThat(table.out())
        .contains("30 cities, 3 sites", "at 30 % of the cities", "round robin")
        .contains("changes per client-day");
    Run json = Run.of(directory, "--sites", "3", "--lbs", "0.3", "--trials", "1", "--json");
    assertThat(new JsonObject(json.out()).getJsonArray("settings")).hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithTheNumbers() throws IOException {
    MadeUpWorld.write(directory.resolve("cities.csv"), directory.resolve("matrix.csv"));
    assertThat(Run.of(directory, "--sites", "31"))
        .isEqualTo(
            new Run(2, "", "dglb: sites: 31 (expected at most the 30 cities of the matrix)\n"));
    assertThat(Run.of(directory, "--lbs", "0").err()).contains("lbs: 0.0 (expected above 0");
    assertThat(Run.of(directory, "--jitter", "-1").err()).contains("jitter: -1.0 (expected 0 to");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    Run run = Run.of(directory);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("cities.csv");
  }
}
