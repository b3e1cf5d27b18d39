package net.dglb.authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.identity.TsigKey;
import net.dglb.net.Endpoint;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A real name server that is a secondary of one zone, with a signed transfer. */
final class SecondaryProcess implements AutoCloseable {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final String name;
  private final Path folder;
  private final Process process;
  private final int port;

  private SecondaryProcess(String name, Path folder, List<String> command, int port)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.port = port;
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile()) // so that the name of Knot's socket is short
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  /** Where one may listen: BIND does at no address that an interface does not list. */
  static int port() {
    return OwnEndpoint.ofInterface().port();
  }

  static SecondaryProcess nsd(Path folder, int port, Endpoint primary, TsigKey key)
      throws IOException {
    Path config = folder.resolve("nsd.conf");
    Files.writeString(
        config,
        """
        server:
          ip-address: 127.0.0.1@%1$d
          server-count: 1
          username: ""
          chroot: ""
          zonesdir: "%2$s"
          database: ""
          zonelistfile: "%2$s/zone.list"
          xfrdfile: "%2$s/xfrd.state"
          pidfile: "%2$s/nsd.pid"
          xfrd-reload-timeout: 0
        remote-control:
          control-enable: no
        key:
          name: "%3$s"
          algorithm: %4$s
          secret: "%5$s"
        zone:
          name: "foobar.test"
          zonefile: "foobar.zone"
          allow-notify: 127.0.0.0/8 %3$s
          request-xfr: %6$s@%7$d %3$s
        """
            .formatted(
                port,
                folder,
                key.name(),
                key.algorithm().word(),
                secret(key),
                primary.address().getHostAddress(),
                primary.port()));
    List<String> command = List.of("/usr/sbin/nsd", "-d", "-c", config.toString());
    return new SecondaryProcess("NSD", folder, command, port);
  }

  static SecondaryProcess knot(Path folder, int port, Endpoint primary, TsigKey key)
      throws IOException {
    Path config = folder.resolve("knot.conf");
    Files.writeString(
        config,
        """
        server:
          listen: 127.0.0.1@%1$d
          rundir: "/proc/self/cwd"
        database:
          storage: "%2$s"
        log:
          - target: stderr
            any: info
        key:
          - id: %3$s
            algorithm: %4$s
            secret: %5$s
        remote:
          - id: primary
            address: %6$s@%7$d
            key: %3$s
        acl:
          - id: notified
            address: 127.0.0.0/8
            key: %3$s
            action: notify
        zone:
          - domain: foobar.test
            storage: "%2$s"
            master: primary
            acl: notified
        """
            .formatted(
                port,
                folder,
                key.name(),
                key.algorithm().word(),
                secret(key),
                primary.address().getHostAddress(),
                primary.port()));
    return new SecondaryProcess(
        "Knot", folder, List.of("/usr/sbin/knotd", "-c", config.toString()), port);
  }

  static SecondaryProcess bind(Path folder, int port, Endpoint primary, TsigKey key)
      throws IOException {
    return bind(folder, port, primary, key, "");
  }

  /** Transfers over TLS, without a look at who the primary is. */
  static SecondaryProcess bindOverTls(Path folder, int port, Endpoint primary, TsigKey key)
      throws IOException {
    return bind(folder, port, primary, key, "tls ephemeral");
  }

  private static SecondaryProcess bind(
      Path folder, int port, Endpoint primary, TsigKey key, String transport) throws IOException {
    Path config = folder.resolve("named.conf");
    Files.writeString(
        config,
        """
        options {
          directory "%2$s";
          pid-file "%2$s/named.pid";
          session-keyfile "%2$s/session.key";
          listen-on port %1$d { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion no;
          notify no;
        };
        controls { };
        %3$s
        zone "foobar.test" {
          type secondary;
          file "foobar.zone";
          primaries { %4$s port %5$d key "%6$s" %7$s; };
          allow-notify { key "%6$s"; };
        };
        """
            .formatted(
                port,
                folder,
                key.text(),
                primary.address().getHostAddress(),
                primary.port(),
                key.name(),
                transport));
    return new SecondaryProcess(
        "BIND", folder, List.of("/usr/sbin/named", "-g", "-c", config.toString()), port);
  }

  private static String secret(TsigKey key) {
    return Base64.getEncoder().encodeToString(key.secret().getEncoded());
  }

  String name() {
    return name;
  }

  /** The serial that it answers; -1 if it has no zone yet. */
  long serial() {
    try {
      return ask("foobar.test.", Type.SOA).getSection(Section.ANSWER).stream()
          .filter(SOARecord.class::isInstance)
          .mapToLong(record -> ((SOARecord) record).getSerial())
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  Message ask(String owner, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(HERE, port));
    resolver.setTimeout(java.time.Duration.ofSeconds(1));
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(owner), type, DClass.IN)));
  }

  /** What it said so far. */
  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
}
