package net.dglb.command;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dglb status}: what a node says about itself. */
@Command(name = "status", header = "Shows what a running node is doing.")
final class StatusCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private AdminTarget target = new AdminTarget();

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  StatusCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    return target.run(terminal, spec, this::show);
  }

  private int show() throws IOException, InterruptedException, IdentityException {
    AdminTarget.Reply reply = target.get("/status", clock);
    if (reply.status() != 200) {
      return terminal.fail(ExitCode.REFUSED, reply.tree().getString("detail"));
    }
    terminal
        .out()
        .print(json ? reply.tree().encodePrettily() + "\n" : StatusTable.of(reply.tree()));
    terminal.out().flush();
    return ExitCode.OK;
  }
}
