package net.dglb.bench.dns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.net.Endpoint;
import net.dglb.node.EventLoops;
import net.dglb.node.Published;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dglb bench dns-server}: the engine with made-up zones. */
@Command(
    name = "dns-server",
    header = "Serves made-up zones with the DNS engine, for load generators.",
    description = "Answers svc0.example.test and so on until it is stopped.")
public final class DnsServerCommand implements Callable<Integer> {

  private enum Kind {
    BALANCED,
    RECORDS,
    SIGNED,
    BACKBONE,
    SIGNED_BACKBONE
  }

  private static final int MAX_SERVICES = 1_000_000;

  /** As many as fit into the loopback network. */
  private static final int MAX_PREFIXES = 1 << 20;

  private final Terminal terminal;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      required = true,
      description = "Where it answers.")
  private List<String> listen = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "balanced",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Kind kind = Kind.BALANCED;

  @Option(
      names = "--services",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int services;

  @Option(
      names = "--prefixes",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Prefixes in the map of the kinds of backbone (default: ${DEFAULT-VALUE}).")
  private int prefixes;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The keys of dns-server-reference.conf that differ from their defaults.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--report", description = "Print the counters every second.")
  private boolean report;

  /** Writes to this terminal. */
  public DnsServerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (services < 1 || services > MAX_SERVICES || prefixes < 1 || prefixes > MAX_PREFIXES) {
      return terminal.fail(
          ExitCode.USAGE,
          "expected 1 to " + MAX_SERVICES + " services and 1 to " + MAX_PREFIXES + " prefixes");
    }
    long startNanos = System.nanoTime();
    Published<Catalog> catalog = new Published<>(Catalog.of(zones()));
    List<Endpoint> endpoints = listen.stream().map(Endpoint::parse).toList();
    try (DnsServer server =
        DnsServer.start(EventLoops.start(), endpoints, settings(), catalog, Optional.empty())) {
      long millis = (System.nanoTime() - startNanos) / 1_000_000;
      terminal.out().println("answering on " + server.addresses() + " after " + millis + " ms");
      terminal.out().flush();
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(1, TimeUnit.SECONDS)) {
        if (report) {
          terminal.out().println(server.counters());
          terminal.out().flush();
        }
      }
    }
    return ExitCode.OK;
  }

  private List<? extends Zone> zones() throws ZoneException {
    return switch (kind) {
      case BALANCED -> BenchZones.balanced(services);
      case RECORDS -> BenchZones.fromRecords(services);
      case SIGNED -> BenchZones.signed(services);
      case BACKBONE -> BackboneZones.of(services, prefixes, false);
      case SIGNED_BACKBONE -> BackboneZones.of(services, prefixes, true);
    };
  }

  private DnsServerSettings settings() throws Exception {
    String reference = "dns-server-reference.conf";
    ConfigSection root =
        config.isPresent()
            ? ConfigFile.load(config.get(), reference)
            : ConfigFile.parse("defaults", "", reference);
    DnsServerSettings settings = DnsServerSettings.read(root);
    root.finish();
    return settings;
  }
}
