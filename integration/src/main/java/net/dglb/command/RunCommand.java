package net.dglb.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigException;
import net.dglb.node.Node;
import net.dglb.node.NodeRunner;
import net.dglb.node.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dglb run ROLE --config FILE}: runs one node until a signal stops it. */
@Command(
    name = "run",
    header = "Runs one node of the network in the foreground.",
    description = {
      "Logs the line \"ready\" to standard error once the node can do its work.",
      "TERM and INT stop it in order (a second one at once), HUP reloads its configuration."
    })
final class RunCommand implements Callable<Integer> {

  private static final Set<String> OPTIONS = Set.of("-c", "--config");

  private final Terminal terminal;
  private final List<ConfigKind> kinds;

  @Parameters(
      paramLabel = "ROLE",
      description = "What to run: ${COMPLETION-CANDIDATES}.",
      completionCandidates = RoleWords.class)
  private String role = "";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      description = "The node's configuration; `dglb check` explains what is wrong with one.")
  private Path config = Path.of("");

  RunCommand(Terminal terminal) {
    this(terminal, ConfigKinds.all());
  }

  RunCommand(Terminal terminal, List<ConfigKind> kinds) {
    this.terminal = terminal;
    this.kinds = kinds;
  }

  /**
   * The command as nodes are started by scripts and service managers, {@code run ROLE --config
   * FILE}; empty for all else, which the library is to read and to explain. Its classes take a good
   * part of the time in which a node starts.
   */
  static Optional<RunCommand> plain(Terminal terminal, String... arguments) {
    if (arguments.length != 4
        || !arguments[0].equals("run")
        || arguments[1].startsWith("-")
        || !OPTIONS.contains(arguments[2])
        || arguments[3].isEmpty()) {
      return Optional.empty();
    }
    RunCommand command = new RunCommand(terminal);
    command.role = arguments[1];
    command.config = Path.of(arguments[3]);
    return Optional.of(command);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<ConfigKind.Opening> opening = ConfigKind.named(kinds, role).flatMap(ConfigKind::node);
    return opening.isPresent() ? run(opening.get()) : terminal.fail(ExitCode.USAGE, unknownRole());
  }

  private int run(ConfigKind.Opening opening) throws InterruptedException {
    NodeRunner runner = NodeRunner.listening();
    Node node;
    try {
      node = opening.open(config);
    } catch (ConfigException e) {
      e.problems().forEach(problem -> terminal.err().println(Printable.of(problem.toString())));
      return terminal.fail(ExitCode.REFUSED, config + " cannot be used");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    }
    return runner.run(node);
  }

  private String unknownRole() {
    String words =
        kinds.stream()
            .filter(kind -> kind.node().isPresent())
            .map(ConfigKind::word)
            .collect(Collectors.joining(", "));
    return "role: " + role + " (expected: one of " + words + ")";
  }
}
