package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.dglb.net.Endpoint;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Unbound or BIND on loopback, validating from the root's key, told where each zone is answered so
 * that no server needs port 53.
 */
final class LoopbackResolver implements AutoCloseable {

  /**
   * What it is told.
   *
   * @param anchor the data of the root's DS record, with the digest last
   * @param servers an address with a port after {@code @} for each zone
   */
  record Zones(String anchor, Map<String, String> servers) {

    /** Copies the map. */
    Zones {
      servers = Map.copyOf(servers);
    }
  }

  private final String name;
  private final Process process;
  private final SimpleResolver resolver;

  private LoopbackResolver(String name, List<String> command, Path log, Endpoint listen)
      throws IOException {
    this.name = name;
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    resolver = new SimpleResolver(listen.toSocketAddress());
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setEDNS(0, 1232, ExtendedFlags.DO, List.of());
    await(name + " answers")
        .atMost(Duration.ofSeconds(20))
        .ignoreException(UncheckedIOException.class)
        .until(() -> !process.isAlive() || ask("version.bind", "TXT") != null);
    assertThat(process.isAlive()).as(name + " runs: " + Files.readString(log)).isTrue();
  }

  static LoopbackResolver unbound(Path folder, Zones zones) throws IOException {
    Endpoint listen = OwnEndpoint.next();
    String stubs =
        zones.servers().entrySet().stream()
            .map(it ->
                "stub-zone:\n  name: \"%s\"\n  stub-addr: %s\n"
                    .formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining());
    Path file = folder.resolve("unbound.conf");
    Files.writeString(
        file,
        """
        server:
          interface: %s@%d
          do-ip6: no
          username: ""
          chroot: ""
          directory: "%s"
          pidfile: ""
          use-syslog: no
          do-not-query-localhost: no
          module-config: "validator iterator"
          harden-algo-downgrade: yes
          aggressive-nsec: yes
          val-log-level: 2
          val-bogus-ttl: 1
          trust-anchor: ". DS %s"
          local-zone: "test." nodefault
        remote-control:
          control-enable: no
        %s
        """
            .formatted(
                listen.address().getHostAddress(), listen.port(), folder, zones.anchor(), stubs));
    return new LoopbackResolver(
        "unbound",
        List.of("unbound", "-d", "-c", file.toString()),
        folder.resolve("unbound.log"),
        listen);
  }

  static LoopbackResolver bind(Path folder, Zones zones) throws IOException {
    Endpoint listen = OwnEndpoint.ofInterface();
    Path home = Files.createDirectories(folder.resolve("named"));
    String forwards =
        zones.servers().entrySet().stream()
            .map(it ->
                "zone \"%s\" { type forward; forward only; forwarders { %s; }; };\n"
                    .formatted(it.getKey(), it.getValue().replace("@", " port ")))
            .collect(Collectors.joining());
    String[] anchor = zones.anchor().split(" ", 4);
    Path file = home.resolve("named.conf");
    Files.writeString(
        file,
        """
        options {
          directory "%s";
          listen-on port %d { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion yes;
          dnssec-validation yes;
          empty-zones-enable no;
          pid-file "named.pid";
          session-keyfile "session.key";
        };
        trust-anchors { "." static-ds %s %s %s "%s"; };
        controls { };
        %s
        """
            .formatted(home, listen.port(), anchor[0], anchor[1], anchor[2], anchor[3], forwards));
    return new LoopbackResolver(
        "BIND",
        List.of("named", "-g", "-4", "-c", file.toString()),
        folder.resolve("named.log"),
        listen);
  }

  Message ask(String owner, String type) {
    try {
      return resolver.send(
          Message.newQuery(
              Record.newRecord(Name.fromString(owner + "."), Type.value(type), DClass.IN)));
    } catch (IOException e) {
      throw new UncheckedIOException(name + ", " + owner + " " + type + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
