package net.dglb.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.lab.client.Namespace;
import net.dglb.lab.client.RunningLab;
import net.dglb.lab.plan.LabAddresses;
import net.dglb.lab.plan.LabOptions;
import net.dglb.lab.run.LabSession;
import net.dglb.lab.run.LabWishes;
import net.dglb.lab.run.Launcher;
import net.dglb.service.HealthCheck;
import net.dglb.service.Ttls;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dglb lab}: a whole network on this machine. */
@Command(
    name = "lab",
    header = "Runs a whole network on this machine's loopback addresses.",
    description = {
      "An authority, two backbone nodes, load balancers beside resolvers in different cities, and",
      "mirrored sites in other cities; a small root and top-level domain. Each node is a process"
          + " of",
      "its own. The sites delay their answers by what the path from the asker's city would cost.",
      "Prints \"lab ready\" when the whole chain answers, then what to try. Ctrl-C stops it."
    })
final class LabCommand implements Callable<Integer> {

  private static final int MAX_PORT = 65_535;
  private static final int MAX_SECONDS = 10_000_000;

  /** A lab whose sites are measured more rarely would not be ready for minutes. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".lab",
      description = "Where its files go (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".lab");

  @Option(
      names = "--lbs",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many load balancers, each in a city of its own: 1 to 10 (default:"
              + " ${DEFAULT-VALUE}).")
  private int loadBalancers;

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many sites, each in a city of its own: 1 to 10 (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Option(
      names = "--namespace",
      description =
          "Run in a private network namespace, without root: with port 53, with IPv6, and with"
              + " nothing of this machine's network. `dglb lab shell` and `dglb lab dig` get in.")
  private boolean namespace;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port of every name server (default: 53 where it may be used, else 5300).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Stop N seconds after it is ready, with exit code 0.")
  private Optional<Integer> seconds = Optional.empty();

  @Option(
      names = "--keep",
      description = "Go on with the files and state of the last run in the folder.")
  private boolean keep;

  @Option(
      names = "--probe-interval",
      paramLabel = "DURATION",
      defaultValue = "2s",
      description = "How often each site is measured: 1s to 60s (default: ${DEFAULT-VALUE}).")
  private Duration probeInterval = Duration.ofSeconds(2);

  @Option(
      names = "--ttl-referral",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "TTL of the backbone's referrals: 1s to 1d (default: ${DEFAULT-VALUE}).")
  private Duration referralTtl = Duration.ofHours(1);

  @Option(
      names = "--ttl-answer",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description =
          "TTL of the load balancers' answers: 1s to the referrals' (default: ${DEFAULT-VALUE}).")
  private Duration answerTtl = Duration.ofMinutes(5);

  @Option(
      names = "--dnssec",
      description =
          "Sign everything from the root down but the zone whose form does not allow it. lab.json"
              + " has the DS record of the root, to trust.")
  private boolean dnssec;

  @Option(names = "--describe", description = "Print the running lab's lab.json and start nothing.")
  private boolean describe;

  @Option(names = "--inside", hidden = true)
  private boolean inside;

  private LabCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with its subcommands. */
  static CommandLine commandLine(Terminal terminal) {
    return LabControl.below(new CommandLine(new LabCommand(terminal)), terminal);
  }

  @Override
  public Integer call() throws Exception {
    if (describe) {
      terminal.out().println(RunningLab.require(folder).description().encodePrettily());
      terminal.out().flush();
      return ExitCode.OK;
    }
    Optional<RunningLab> running = RunningLab.find(folder);
    if (running.isPresent()) {
      return terminal.fail(
          ExitCode.REFUSED,
          "a lab runs already with its files in %s (process %d); stop it, or use another --dir"
              .formatted(folder, running.get().pid()));
    }
    LabWishes wishes = wishes();
    return namespace && !inside
        ? runInNamespace()
        : LabSession.run(wishes, Launcher.ofThisProcess(Main.class.getName()), System.out);
  }

  private LabWishes wishes() {
    return new LabWishes(
        folder,
        Failures.inRange("--lbs", loadBalancers, 1, LabOptions.CITIES),
        Failures.inRange("--sites", sites, 1, LabOptions.CITIES),
        inside,
        port.map(given -> Failures.inRange("--port", given, 1, MAX_PORT)),
        seconds.map(LabCommand::lifetime),
        keep,
        Failures.inRange(
            "--probe-interval", probeInterval, HealthCheck.MIN_INTERVAL, LONGEST_INTERVAL),
        Failures.inRange("--ttl-referral", referralTtl, Ttls.MIN, Ttls.DEFAULT.delegation()),
        Failures.inRange("--ttl-answer", answerTtl, Ttls.MIN, referralTtl),
        dnssec);
  }

  private static Duration lifetime(int seconds) {
    return Duration.ofSeconds(Failures.inRange("--seconds", seconds, 1, MAX_SECONDS));
  }

  /** This command line again in a new namespace; the pipe to it ends it however this one ends. */
  private int runInNamespace() throws IOException, InterruptedException {
    Namespace.requireTools();
    Path addresses = Files.createTempFile("dglb-lab", ".ip");
    addresses.toFile().deleteOnExit();
    Namespace.writeAddresses(addresses, new LabAddresses(true).all());
    List<String> words = new ArrayList<>(Namespace.newOne(addresses));
    words.addAll(LabEntry.thisCommand(spec.root().commandLine().getParseResult().originalArgs()));
    words.add("--inside");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    Thread end =
        Thread.ofPlatform()
            .unstarted(() -> {
              process.toHandle().destroy();
              process.onExit().join();
            });
    Runtime.getRuntime().addShutdownHook(end);
    int code = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      return code; // A signal ends both at once, and the hook is under way.
    }
    return code;
  }
}
