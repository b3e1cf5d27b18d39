package net.dglb.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.lab.client.RunningLab;
import net.dglb.net.AddressFamily;
import net.dglb.net.Prefix;
import net.dglb.trace.NodeLabels;
import net.dglb.trace.SocketExchange;
import net.dglb.trace.Trace;
import net.dglb.trace.TraceJson;
import net.dglb.trace.TraceRequest;
import net.dglb.trace.TraceText;
import net.dglb.trace.Walk;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dglb trace NAME}: follows the referrals as a resolver would and shows every hop. */
@Command(
    name = "trace",
    header = "Follows the referrals to a name as a resolver would, and says what each hop did.",
    description = {
      "Asks from the root down, itself: no resolver and no cache takes part. Where a lab runs,",
      "it begins at the lab's root and names the lab's nodes."
    },
    footer = "%nExit code 1 if the walk ends without an answer.")
final class TraceCommand implements Callable<Integer> {

  private static final int DNS_PORT = 53;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_TIMEOUT_MILLIS = 600_000;

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "The name to look up.")
  private String name = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The record type (default: A, or AAAA from an IPv6 address).")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Ask from this address of this machine: the backbone refers by it.")
  private Optional<InetAddress> from = Optional.empty();

  @Option(
      names = "--from-port",
      paramLabel = "PORT",
      description = "Ask from this port (default: any).")
  private int fromPort;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description =
          "A server of the root to begin at (default: the running lab's); may be repeated.")
  private List<InetAddress> servers = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port of every name server (default: the running lab's, else 53).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--subnet",
      paramLabel = "PREFIX",
      description = "Send this client subnet (RFC 7871) with every question.")
  private Optional<Prefix> subnet = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "MILLIS",
      defaultValue = "2000",
      description = "How long to wait for each answer (default: ${DEFAULT-VALUE}).")
  private int timeoutMillis;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".lab",
      description = "The running lab's folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".lab");

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  TraceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<RunningLab> lab = RunningLab.find(folder);
    if (lab.isPresent() && LabEntry.isOutside(lab.get())) {
      return LabEntry.rerunInside(lab.get(), spec);
    }
    AddressFamily family = from.map(AddressFamily::of).orElse(AddressFamily.IPV4);
    List<InetAddress> roots = roots(lab, family);
    if (roots.isEmpty()) {
      return servers.isEmpty() && lab.isEmpty()
          ? terminal.fail(
              ExitCode.UNREACHABLE,
              "no lab runs with its files in "
                  + folder
                  + ", so say where the root is: --server ADDRESS")
          : terminal.fail(ExitCode.USAGE, otherFamily(lab.isPresent(), family));
    }
    Trace trace = Walk.of(request(lab, family, roots), exchange());
    NodeLabels labels = lab.<NodeLabels>map(known -> known::nodeAt).orElse(NodeLabels.NONE);
    terminal
        .out()
        .print(
            json
                ? new TraceJson(labels).of(trace).encodePrettily() + "\n"
                : new TraceText(labels).of(trace));
    terminal.out().flush();
    return trace.answered() ? ExitCode.OK : ExitCode.REFUSED;
  }

  /** An address of one family cannot ask one of the other. */
  private String otherFamily(boolean inLab, AddressFamily family) {
    return "--from is an %s address, and %s has none of that family (give --server an %s address, or ask from another)"
        .formatted(
            family.word(),
            inLab && servers.isEmpty() ? "the lab's root" : "--server",
            family.word());
  }

  private SocketExchange exchange() {
    return new SocketExchange(
        from,
        Failures.inRange("--from-port", fromPort, 0, MAX_PORT),
        Duration.ofMillis(Failures.inRange("--timeout", timeoutMillis, 1, MAX_TIMEOUT_MILLIS)));
  }

  private TraceRequest request(
      Optional<RunningLab> lab, AddressFamily family, List<InetAddress> roots) {
    return new TraceRequest(
        absolute(name),
        recordType(family),
        roots,
        Failures.inRange(
            "--port", port.or(() -> lab.map(RunningLab::port)).orElse(DNS_PORT), 1, MAX_PORT),
        subnet,
        AddressFamily.of(roots.getFirst()));
  }

  private List<InetAddress> roots(Optional<RunningLab> lab, AddressFamily family) {
    List<InetAddress> all =
        servers.isEmpty() ? lab.map(RunningLab::root).orElse(List.of()) : servers;
    List<InetAddress> fitting =
        all.stream().filter(address -> AddressFamily.of(address) == family).toList();
    return fitting.isEmpty() && from.isEmpty() ? all : fitting;
  }

  private int recordType(AddressFamily family) {
    String word = type.orElse(family == AddressFamily.IPV4 ? "A" : "AAAA");
    int value = Type.value(word, true);
    if (value < 0) {
      throw new IllegalArgumentException("type: " + word + " (expected a record type such as A)");
    }
    return value;
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected a domain name): " + e.getMessage(), e);
    }
  }
}
