package net.dglb.command;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

  /**
   * Runs the command and ends the process with its exit code. Texts are English, and so are the
   * numbers in them and in the files that it writes, wherever it runs.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    System.exit(execute(Terminal.ofProcess(), InstantSource.system(), arguments));
  }

  /** Runs the command; gives its exit code. */
  static int execute(Terminal terminal, InstantSource clock, String... arguments)
      throws InterruptedException {
    Optional<RunCommand> plain = RunCommand.plain(terminal, arguments);
    return plain.isPresent()
        ? plain.get().call()
        : commandLine(terminal, clock, arguments).execute(arguments);
  }

  /** What the command is followed by; one line adds another. */
  private static Map<String, Supplier<Object>> subcommands(Terminal terminal, InstantSource clock) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("run", () -> new RunCommand(terminal));
    all.put("check", () -> new CheckCommand(terminal, clock));
    all.put("pki", () -> new PkiCommand(terminal, clock));
    all.put("status", () -> new StatusCommand(terminal, clock));
    all.put("site", () -> new SiteCommand(terminal, clock));
    all.put("keys", () -> new KeysCommand(terminal, clock));
    all.put("trace", () -> new TraceCommand(terminal));
    all.put("explain", () -> new ExplainCommand(terminal, clock));
    all.put("zone", () -> new ZoneCommand(terminal, clock));
    all.put("registry", () -> new RegistryCommand(terminal, clock));
    all.put("lab", () -> LabCommand.commandLine(terminal));
    all.put("bench", () -> BenchCommand.commandLine(terminal));
    return all;
  }

  /**
   * The command line as far as these arguments need it: looking through all subcommands takes a
   * good part of the time in which a node starts.
   */
  static CommandLine commandLine(Terminal terminal, InstantSource clock, String... arguments) {
    Map<String, Supplier<Object>> all = subcommands(terminal, clock);
    CommandLine main = new CommandLine(new Main());
    if (arguments.length > 0 && all.containsKey(arguments[0])) {
      all.keySet().retainAll(Set.of(arguments[0]));
    }
    all.forEach((name, subcommand) -> main.addSubcommand(name, subcommand.get()));
    main.setOut(terminal.out())
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
