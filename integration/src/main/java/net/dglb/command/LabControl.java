package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.lab.client.RunningLab;
import net.dglb.lab.run.ControlServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands against a running lab. */
final class LabControl {

  private LabControl() {}

  /** The lab command with all of them below it. */
  static CommandLine below(CommandLine lab, Terminal terminal) {
    lab.addSubcommand(new Slow(terminal))
        .addSubcommand(new Kill(terminal))
        .addSubcommand(new Stop(terminal))
        .addSubcommand(new Start(terminal))
        .addSubcommand(new Status(terminal))
        .addSubcommand(passingOn(new Dig(terminal)))
        .addSubcommand(passingOn(new Shell(terminal)));
    return lab;
  }

  /** A command whose arguments are another program's, options and all. */
  private static CommandLine passingOn(Asking command) {
    return new CommandLine(command)
        .setUnmatchedOptionsArePositionalParams(true)
        .setStopAtPositional(true)
        .setExpandAtFiles(false);
  }

  /** What they share: which lab, and how to ask it. */
  abstract static class Asking implements Callable<Integer> {

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--dir",
        paramLabel = "FOLDER",
        defaultValue = ".lab",
        description = "The running lab's folder (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".lab");

    Asking(Terminal terminal) {
      this.terminal = terminal;
    }

    Terminal terminal() {
      return terminal;
    }

    RunningLab lab() throws IOException {
      return RunningLab.require(folder);
    }

    int ask(String method, String path, Map<String, String> parameters)
        throws IOException, InterruptedException {
      RunningLab lab = lab();
      if (LabEntry.isOutside(lab)) {
        return LabEntry.rerunInside(lab, spec);
      }
      show(lab.call(method, path, parameters));
      terminal.out().flush();
      return ExitCode.OK;
    }

    void show(JsonObject answer) {
      terminal.out().println(answer.getString("text"));
    }
  }

  @Command(
      name = "slow",
      header = "Makes a site answer later than its paths cost, or as fast as them again.")
  static final class Slow extends Asking {

    @Parameters(index = "0", paramLabel = "SITE", description = "A site's id.")
    private String site = "";

    @Parameters(index = "1", paramLabel = "MILLIS|off", description = "By how much; off ends it.")
    private String millis = "";

    Slow(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (!millis.equals("off") && !ControlServer.isExtraMillis(millis)) {
        return terminal()
            .fail(
                ExitCode.USAGE,
                "milliseconds: %s (expected: 0 to %d, or off)"
                    .formatted(millis, ControlServer.MAX_EXTRA_MILLIS));
      }
      return ask(
          "POST", "/slow", Map.of("id", site, "millis", millis.equals("off") ? "0" : millis));
    }
  }

  @Command(
      name = "kill",
      header = "Kills a node's process at once, or lets a site refuse connections.")
  static final class Kill extends Asking {

    @Parameters(paramLabel = "NODE-OR-SITE", description = "Its id.")
    private String id = "";

    Kill(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask("POST", "/kill", Map.of("id", id));
    }
  }

  @Command(
      name = "stop",
      header = "Stops a node in order.",
      description = {
        "A load balancer that leaves goes on answering until every referral to it has ended;",
        "this command waits for that for up to 45 s and then leaves it to itself."
      })
  static final class Stop extends Asking {

    @Parameters(paramLabel = "NODE", description = "Its id.")
    private String id = "";

    Stop(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask("POST", "/stop", Map.of("id", id));
    }
  }

  @Command(name = "start", header = "Starts a node or a site that was killed or stopped.")
  static final class Start extends Asking {

    @Parameters(paramLabel = "NODE-OR-SITE", description = "Its id.")
    private String id = "";

    Start(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask("POST", "/start", Map.of("id", id));
    }
  }

  @Command(name = "status", header = "Says which nodes and sites of the lab run.")
  static final class Status extends Asking {

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    Status(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask("GET", "/status", Map.of());
    }

    @Override
    void show(JsonObject answer) {
      if (json) {
        terminal().out().println(answer.encodePrettily());
        return;
      }
      for (String kind : List.of("nodes", "sites")) {
        terminal().out().println(kind);
        answer
            .getJsonObject(kind)
            .forEach(
                entry -> terminal().out().printf("  %-16s %s%n", entry.getKey(), entry.getValue()));
      }
    }
  }

  @Command(
      name = "dig",
      header = "Runs dig where the lab's addresses are, with the lab's port.",
      description =
          "Everything after the options goes to dig, for example: lab dig -- -b 127.53.3.53"
              + " @127.53.0.11 www.lb.foobar.test")
  static final class Dig extends Asking {

    @Parameters(arity = "0..*", paramLabel = "ARGS", description = "What dig is given.")
    private List<String> arguments = new ArrayList<>();

    Dig(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      RunningLab lab = lab();
      List<String> words = new ArrayList<>();
      words.add("dig");
      if (lab.port() != 53 && !arguments.contains("-p")) {
        words.addAll(List.of("-p", Integer.toString(lab.port())));
      }
      words.addAll(arguments);
      return LabEntry.run(lab, words);
    }
  }

  @Command(
      name = "shell",
      header = "Opens a shell in the lab's network namespace.",
      description = "Or runs a command there: lab shell -- curl http://127.53.2.80/")
  static final class Shell extends Asking {

    @Parameters(
        arity = "0..*",
        paramLabel = "COMMAND",
        description = "What to run (default: your shell).")
    private List<String> command = new ArrayList<>();

    Shell(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      RunningLab lab = lab();
      if (!lab.inNamespace()) {
        return terminal()
            .fail(
                ExitCode.REFUSED,
                "this lab has no network of its own: its addresses are this machine's, use them"
                    + " from any shell");
      }
      List<String> words =
          command.isEmpty() ? List.of(System.getenv().getOrDefault("SHELL", "/bin/sh")) : command;
      return LabEntry.run(lab, words);
    }
  }
}
