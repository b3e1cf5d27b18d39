package net.dglb.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import net.dglb.command.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every zone command is told: which node to ask, as whom, and how to print. */
final class ZoneTarget {

  @Mixin private AdminCall node = new AdminCall();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file of the enterprise's token; without it the caller is the operator.")
  private Optional<Path> tokenFile = Optional.empty();

  int run(Terminal terminal, InstantSource clock, AdminCall.Call call) throws InterruptedException {
    return node.run(terminal, spec, clock, call, this::token);
  }

  private Optional<String> token() {
    return tokenFile.map(file -> {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException("--token-file: " + file + " cannot be read", e);
      }
    });
  }
}
