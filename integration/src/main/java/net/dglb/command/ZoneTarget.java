package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every zone command is told: which node to ask, as whom, and how to print. */
final class ZoneTarget {

  private static final int NOT_CONFIRMED = 503;

  @Mixin private AdminTarget node = new AdminTarget();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file of the enterprise's token; without it the caller is the operator.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(names = "--json", description = "Print what the node answers as JSON.")
  private boolean json;

  /** A call, and how its answer reads for people. */
  record Call(
      String method, String path, Optional<JsonObject> body, Function<JsonObject, String> text) {

    static Call get(String path, Function<JsonObject, String> text) {
      return new Call("GET", path, Optional.empty(), text);
    }
  }

  int run(Terminal terminal, InstantSource clock, Call call) throws InterruptedException {
    return node.run(
        terminal,
        spec,
        () ->
            print(
                terminal,
                call,
                node.send(call.method(), call.path(), call.body(), token(), clock)));
  }

  private int print(Terminal terminal, Call call, AdminTarget.Reply reply) {
    boolean done = reply.status() == 200;
    if (json) {
      terminal.out().println(reply.tree().encodePrettily());
    } else if (done) {
      terminal.out().print(call.text().apply(reply.tree()));
    }
    terminal.out().flush();
    if (done) {
      return ExitCode.OK;
    }
    int code = reply.status() == NOT_CONFIRMED ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
    return terminal.fail(code, reply.tree().getString("detail", "HTTP status " + reply.status()));
  }

  private Optional<String> token() throws IOException {
    return tokenFile.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.readString(tokenFile.get()).strip());
  }
}
