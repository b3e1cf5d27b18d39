package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.identity.NodeRole;
import net.dglb.node.Node;
import net.dglb.node.NodeStatus;
import net.dglb.node.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RunCommandTest {

  private static final InstantSource CLOCK = InstantSource.fixed(CommandLineRun.NOW);

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private final Terminal terminal =
      new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err, true));

  @Test
  void printsTheProblemsOfTheConfigurationAndDoesNotStart() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "x = 1");
    assertThat(run(RunCommandTest::openRefusing, "lb", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(file + ":1: x: unknown key")
        .contains("dglb: " + file + " cannot be used");
  }

  @Test
  void endsWithOneWhenTheNodeCannotStart() {
    assertThat(run(file -> new FailingNode(), "lb", "--config", "a.conf")).isEqualTo(1);
  }

  @Test
  void refusesARoleThatIsNoNode() {
    assertThat(run(file -> new FailingNode(), "router", "--config", "a.conf")).isEqualTo(2);
    assertThat(err.toString()).contains("role: router (expected: one of lb)");
  }

  @ParameterizedTest
  @CsvSource({
    "run lb --config nowhere.conf, true",
    "run lb -c nowhere.conf, true",
    "run router -c nowhere.conf, true",
    "run --config nowhere.conf lb, false",
    "run lb --config=nowhere.conf, false",
    "run lb --unknown nowhere.conf, false",
    "run --help, false",
    "check lb -c nowhere.conf, false",
    "'', false"
  })
  void theFormOfScriptsIsReadWithoutTheLibraryAndMeansTheSame(String line, boolean plain) {
    String[] arguments = line.split(" ");
    assertThat(RunCommand.plain(terminal, arguments).isPresent()).isEqualTo(plain);
    if (plain) {
      CommandLineRun quick = CommandLineRun.of(arguments);
      int code = Main.commandLine(terminal, CLOCK, arguments).execute(arguments);
      assertThat(quick.exitCode()).isEqualTo(code).isNotZero();
      assertThat(quick.err()).isEqualTo(err.toString()).isNotEmpty();
    }
  }

  private int run(ConfigKind.Opening opening, String... arguments) {
    ConfigKind kind = new ConfigKind("lb", Set.of(), "", root -> root, Optional.of(opening));
    return new CommandLine(new RunCommand(terminal, List.of(kind))).execute(arguments);
  }

  private static Node openRefusing(Path file) throws ConfigException {
    ConfigFile.load(file, "").finish();
    return new FailingNode();
  }

  /** A node whose address is taken. */
  private static final class FailingNode implements Node {
    @Override
    public void start() throws IOException {
      throw new IOException("127.0.0.1:53: address already in use");
    }

    @Override
    public void reload() {}

    @Override
    public void close() {}

    @Override
    public NodeStatus status() {
      return NodeStatus.of(NodeRole.LOAD_BALANCER, "lb-1", false);
    }

    @Override
    public Readiness readiness() {
      return new Readiness(InstantSource.system());
    }
  }
}
