package net.dglb.command;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import net.dglb.bench.BenchCommand;
import net.dglb.command.terminal.Terminal;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** The one command of DGLB. */
@Command(
    name = "dglb",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    header = "A DNS load-balancer network that decides beside the client.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:what was given is invalid or was refused",
      "2:the command line is wrong",
      "3:no lab runs, or the node that was asked does not answer"
    })
public final class Main {

  /** Below the help of the whole command only. */
  private static final String[] SCRIPT = {
    "",
    "The dglb script itself also knows: test (builds and tests everything),",
    "build, and format (formats the sources)."
  };

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine(Terminal.ofProcess(), InstantSource.system()).execute(arguments));
  }

  /** The command line with all subcommands; one line adds another. */
  static CommandLine commandLine(Terminal terminal, InstantSource clock) {
    CommandLine main =
        new CommandLine(new Main())
            .addSubcommand(new RunCommand(terminal))
            .addSubcommand(new CheckCommand(terminal, clock))
            .addSubcommand(new PkiCommand(terminal, clock))
            .addSubcommand(new StatusCommand(terminal, clock))
            .addSubcommand(new SiteCommand(terminal, clock))
            .addSubcommand(new KeysCommand(terminal, clock))
            .addSubcommand(new TraceCommand(terminal))
            .addSubcommand(new ExplainCommand(terminal, clock))
            .addSubcommand(new ZoneCommand(terminal, clock))
            .addSubcommand(new RegistryCommand(terminal, clock))
            .addSubcommand(LabCommand.commandLine(terminal))
            .addSubcommand(BenchCommand.commandLine(terminal))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .registerConverter(InetAddress.class, AddressLiteral::parse)
            .registerConverter(DomainName.class, DomainName::of)
            .registerConverter(Endpoint.class, Endpoint::parse)
            .registerConverter(Prefix.class, Prefix::parse)
            .registerConverter(Moment.class, Moment::parse)
            .registerConverter(Duration.class, new DurationWords())
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setExecutionExceptionHandler((failure, _, _) -> Failures.end(terminal, failure));
    main.getCommandSpec().usageMessage().footer(SCRIPT);
    asParagraphs(main);
    return main;
  }

  /** Lines of a description become one paragraph, which is broken where the terminal ends. */
  private static void asParagraphs(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(String.join(" ", usage.description()));
    command.getSubcommands().values().forEach(Main::asParagraphs);
  }

  static final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"dglb " + Version.text()};
    }
  }
}
