package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import net.dglb.command.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class MainTest {

  @Test
  void everySubcommandExplainsItselfAndItsExitCodes() {
    Terminal nowhere =
        new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    CommandLine main = Main.commandLine(nowhere, InstantSource.system());
    assertThat(main.getSubcommands()).isNotEmpty();
    for (String name : main.getSubcommands().keySet()) {
      CommandLineRun run = CommandLineRun.of(name, "--help");
      assertThat(run.exitCode()).as(name).isZero();
      assertThat(run.out()).as(name).contains("Usage: dglb " + name).contains("Exit codes:");
      assertThat(run.out())
          .as("%s by itself and among all others", name)
          .isEqualTo(main.getSubcommands().get(name).getUsageMessage());
    }
  }

  @Test
  void helpIsWrittenForPeople() {
    Terminal nowhere =
        new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    assertWrittenForPeople(Main.commandLine(nowhere, InstantSource.system()));
  }

  private static void assertWrittenForPeople(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    assertThat(command.getCommandSpec().usageMessage().description())
        .as("paragraphs of %s, each broken where the terminal ends", name)
        .hasSizeLessThan(2);
    for (ArgSpec argument : command.getCommandSpec().args()) {
      assertThat(argument.description())
          .as("%s %s", name, argument)
          .hasSize(argument.hidden() ? 0 : 1);
      if (argument.arity().max() > 0) {
        assertThat(argument.paramLabel()).as("%s %s", name, argument).doesNotContain("<");
      }
    }
    assertThat(command.getUsageMessage().contains("The dglb script itself"))
        .as("%s tells of the script", name)
        .isEqualTo(name.equals("dglb"));
    command.getSubcommands().values().forEach(MainTest::assertWrittenForPeople);
  }

  @Test
  void numbersAreWrittenInEnglishWhereverTheCommandRuns() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "lab",
                "--seconds",
                "0")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isNotZero();
    assertThat(output).contains("--seconds: 0 (expected: 1 to ");
  }

  @Test
  void helpListsTheSubcommands() {
    CommandLineRun run = CommandLineRun.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("run", "check", "pki", "status", "Exit codes:");
  }

  @Test
  void saysItsVersion() {
    assertThat(CommandLineRun.of("--version").out()).startsWith("dglb ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "run", "check", "pki", "status --admin"})
  void endsWithTwoWhenTheCommandLineIsWrong(String line) {
    CommandLineRun run = CommandLineRun.of(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: dglb");
  }
}
