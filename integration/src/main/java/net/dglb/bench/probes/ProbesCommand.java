package net.dglb.bench.probes;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.measure.probe.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dglb bench probes}: what it costs to probe many sites. */
@Command(
    name = "probes",
    header = "Measures what it costs a load balancer to probe many sites.",
    description = {
      "Probes that many addresses of this machine's loopback over HTTP, on a new connection each",
      "time, and shows how late probes began, the processor time and the memory."
    })
public final class ProbesCommand implements Callable<Integer> {

  private static final int MAX_SITES = 4_000_000;

  private final Terminal terminal;

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "From one probe of a site to the next (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ofSeconds(30);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "90s",
      description = "How long to count, after two intervals (default: ${DEFAULT-VALUE}).")
  private Duration counted = Duration.ofSeconds(90);

  /** Makes the command. */
  public ProbesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (sites < 1 || sites > MAX_SITES || interval.toMillis() < 1_000 || counted.isNegative()) {
      return terminal.fail(
          ExitCode.USAGE, "expected 1 to " + MAX_SITES + " sites and an interval of 1s or more");
    }
    terminal.out().print(text(new ProbeRun(sites, interval).run(counted)));
    terminal.out().flush();
    return ExitCode.OK;
  }

  private String text(ProbeRun.Seen seen) {
    long probes = seen.outcomes().values().stream().mapToLong(it -> it).sum();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d sites, every %d s, counted for %.0f s%n"
                + "probes        %d, %.1f per second%n"
                + "began late by median %.1f ms, 99th percentile %.1f ms, at most %.1f ms;"
                + " %.1f ms on average, %d by more than 1 s%n"
                + "processor     %.2f of one core, %.3f ms per probe, the sites' share included%n"
                + "heap          %.0f MB%n",
            sites,
            interval.toSeconds(),
            seen.seconds(),
            probes,
            probes / seen.seconds(),
            seen.lateMillis().get(0),
            seen.lateMillis().get(1),
            seen.lateMillis().get(2),
            1e3 * seen.lateness().seconds() / Math.max(1, seen.lateness().probes()),
            seen.lateness().late(),
            seen.cpuSeconds() / seen.seconds(),
            1e3 * seen.cpuSeconds() / Math.max(1, probes),
            seen.heapMegabytes()));
    for (Map.Entry<Outcome, Long> entry : seen.outcomes().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-13s %d%n",
              entry.getKey().name().toLowerCase(Locale.ROOT),
              entry.getValue()));
    }
    return text.toString();
  }
}
