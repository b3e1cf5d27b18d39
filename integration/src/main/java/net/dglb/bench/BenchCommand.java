package net.dglb.bench;

import net.dglb.bench.decisions.DecisionsCommand;
import net.dglb.bench.dns.DnsServerCommand;
import net.dglb.bench.dns.SigningCommand;
import net.dglb.bench.probes.ProbesCommand;
import net.dglb.command.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code dglb bench}: measures the product itself. */
@Command(name = "bench", header = "Measures how good the network is.")
public final class BenchCommand {

  private BenchCommand() {}

  /** The command with its benchmarks. */
  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new DecisionsCommand(terminal))
        .addSubcommand(new ProbesCommand(terminal))
        .addSubcommand(new DnsServerCommand(terminal))
        .addSubcommand(new SigningCommand(terminal));
  }
}
