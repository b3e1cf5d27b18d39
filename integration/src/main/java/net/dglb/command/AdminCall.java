package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What commands about the registry are told: which node to ask, and how to print its answer. */
final class AdminCall {

  private static final int NOT_CONFIRMED = 503;

  @Mixin private AdminTarget node = new AdminTarget();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print what the node answers as JSON.")
  private boolean json;

  /** The token to show, if any. */
  interface Token {
    Optional<String> read() throws IOException;
  }

  /**
   * A call, and how its answer reads for people.
   *
   * @param taken is given an answer that is not a refusal, however it is printed
   */
  record Call(
      String method,
      String path,
      Optional<JsonObject> body,
      Consumer<JsonObject> taken,
      Function<JsonObject, String> text) {

    Call(String method, String path, Optional<JsonObject> body, Function<JsonObject, String> text) {
      this(method, path, body, _ -> {}, text);
    }

    static Call taken(String path, Consumer<JsonObject> taken, Function<JsonObject, String> text) {
      return new Call("GET", path, Optional.empty(), taken, text);
    }

    static Call get(String path, Function<JsonObject, String> text) {
      return new Call("GET", path, Optional.empty(), text);
    }
  }

  int run(Terminal terminal, InstantSource clock, Call call) throws InterruptedException {
    return run(terminal, spec, clock, call, Optional::empty);
  }

  /** As an enterprise, by its token. */
  int run(Terminal terminal, CommandSpec command, InstantSource clock, Call call, Token token)
      throws InterruptedException {
    return node.run(
        terminal,
        command,
        () ->
            print(
                terminal,
                call,
                node.send(call.method(), call.path(), call.body(), token.read(), clock)));
  }

  private int print(Terminal terminal, Call call, AdminTarget.Reply reply) {
    boolean done = reply.status() == 200;
    if (done) {
      call.taken().accept(reply.tree());
    }
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
}
