package net.dglb.bench.decisions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dglb bench decisions}: how good the choices are on a matrix of round trips. */
@Command(
    name = "decisions",
    header = "Measures how good the choices of sites are on a matrix of round-trip times.",
    description = {
      "Replays probing, estimation, health and ranking under virtual time and compares the answers",
      "with an oracle, with the site nearest on the globe and with round robin."
    })
public final class DecisionsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--cities",
      paramLabel = "FILE",
      required = true,
      description = "CSV with a heading: id,city,country,latitude,longitude.")
  private Path cities = Path.of("");

  @Option(
      names = "--matrix",
      paramLabel = "FILE",
      required = true,
      description = "CSV without a heading: row = from, column = to, milliseconds.")
  private Path matrix = Path.of("");

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sites of the service, drawn among the cities (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Option(
      names = "--lbs",
      paramLabel = "FRACTION",
      split = ",",
      defaultValue = "1,0.5,0.2,0.1",
      description =
          "Shares of the cities that have a load balancer, by commas (default: ${DEFAULT-VALUE}).")
  private List<Double> fractions = List.of();

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Site sets per share; for the share 1, a tenth of them, each for a whole day (default:"
              + " ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "Site sets of the share 1, each run for a day (default: a tenth of the trials).")
  private Optional<Integer> days = Optional.empty();

  @Option(
      names = "--jitter",
      paramLabel = "F",
      defaultValue = "0.2",
      description = "Log-normal jitter of each measurement (default: ${DEFAULT-VALUE}).")
  private double jitter;

  @Option(
      names = "--loss",
      paramLabel = "F",
      defaultValue = "0.01",
      description = "Share of probes without an answer (default: ${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--burst",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "How long a path that loses loses all, on average; 0: each probe is lost on its own"
              + " (default: ${DEFAULT-VALUE}).")
  private double burst;

  @Option(
      names = "--drift",
      paramLabel = "F",
      defaultValue = "0.1",
      description =
          "Share by which each path rises and falls over a day (default: ${DEFAULT-VALUE}).")
  private double drift;

  @Option(
      names = "--outages",
      paramLabel = "F",
      defaultValue = "0.25",
      description = "Outages of ten minutes per site and day (default: ${DEFAULT-VALUE}).")
  private double outages;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same result (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--probe-cap",
      paramLabel = "F",
      defaultValue = "0",
      description =
          "Cap on the probes of each site by each load balancer, per second; 0: none (default:"
              + " ${DEFAULT-VALUE}).")
  private double probeCap;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  /** Writes to this terminal. */
  public DecisionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RoundTripMatrix read;
    Plan plan;
    try {
      int wholeDays = days.orElse((trials + 9) / 10);
      plan = new Plan(sites, fractions, wholeDays, trials, conditions(), seed, probeCap);
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    try {
      read = RoundTripMatrix.read(cities, matrix);
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return terminal.fail(ExitCode.REFUSED, "cannot be read: " + e.getMessage());
    }
    if (sites > read.size()) {
      return terminal.fail(
          ExitCode.USAGE,
          "sites: " + sites + " (expected at most the " + read.size() + " cities of the matrix)");
    }
    print(run(read, plan), plan);
    return ExitCode.OK;
  }

  private Conditions conditions() {
    Duration bursts = Duration.ofNanos((long) (burst * 1e9));
    return new Conditions(jitter, loss, bursts, drift, outages, Duration.ofMinutes(10));
  }

  static Result run(RoundTripMatrix matrix, Plan plan) {
    List<Result.Setting> settings = new ArrayList<>();
    if (plan.fractions().contains(1.0)) {
      settings.add(new EverywhereTrials(matrix, plan).run());
    }
    settings.addAll(new PartialTrials(matrix, plan).run());
    return new Result(matrix.size(), settings);
  }

  private void print(Result result, Plan plan) {
    if (json) {
      terminal.out().println(ResultJson.of(result, plan).encodePrettily());
      terminal.out().flush();
    } else {
      ResultText.print(result, plan, terminal.out());
    }
  }
}
