package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigProblem;
import net.dglb.node.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dglb check FILE}: every problem of a configuration, without starting anything. */
@Command(
    name = "check",
    header = "Checks a configuration or a registration and prints every problem.",
    description = {
      "Also looks into the files that it names: zones, registrations, certificates, keys, secrets.",
      "Problems are printed as file:line: key: what is wrong (expected: what would be right)."
    })
final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final InstantSource clock;
  private final List<ConfigKind> kinds = ConfigKinds.all();

  @Parameters(paramLabel = "FILE", description = "The file to check.")
  private Path file = Path.of("");

  @Option(
      names = "--role",
      paramLabel = "KIND",
      description = "What it configures, if its keys do not tell: ${COMPLETION-CANDIDATES}.",
      completionCandidates = KindWords.class)
  private Optional<String> role = Optional.empty();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  CheckCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    try {
      Optional<ConfigKind> kind =
          role.isPresent() ? ConfigKind.named(kinds, role.get()) : ConfigKind.of(kinds, file);
      if (kind.isEmpty()) {
        return terminal.fail(ExitCode.USAGE, unclear());
      }
      kind.get().check(file, clock.instant());
      report(List.of());
      return ExitCode.OK;
    } catch (ConfigException e) {
      report(e.problems());
      return ExitCode.REFUSED;
    }
  }

  private String unclear() {
    String words = kinds.stream().map(ConfigKind::word).collect(Collectors.joining(", "));
    return role.map(given -> "role: " + given + " (expected: one of " + words + ")")
        .orElse(file + ": its keys do not tell what it configures (say --role " + words + ")");
  }

  private void report(List<ConfigProblem> problems) {
    if (json) {
      JsonArray list = new JsonArray();
      problems.forEach(problem -> list.add(asJson(problem)));
      JsonObject tree = new JsonObject().put("file", file.toString()).put("problems", list);
      terminal.out().println(tree.encodePrettily());
    } else if (problems.isEmpty()) {
      terminal.out().println(file + ": no problems");
    } else {
      problems.forEach(problem -> terminal.out().println(Printable.of(problem.toString())));
    }
    terminal.out().flush();
  }

  private static JsonObject asJson(ConfigProblem problem) {
    return new JsonObject()
        .put("file", problem.file())
        .put("line", problem.line())
        .put("key", problem.key())
        .put("message", problem.message());
  }
}
