package net.dglb.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** BIND or Knot with a configuration from a document, moved to a folder and a free port. */
final class DocumentedNameServer implements AutoCloseable {

  /** The zone that the documented configurations load. */
  private static final String FIRST = "aliased.zone";

  private final Path folder;
  private final Path config;
  private final Process process;
  private final int port;

  private DocumentedNameServer(Path config, int port, String... command) throws IOException {
    this.folder = Objects.requireNonNull(config.getParent());
    this.config = config;
    this.port = port;
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  static DocumentedNameServer bind(Path folder, String documented, String zone) throws IOException {
    int port = OwnEndpoint.ofInterface().port();
    String own =
        "directory \"%1$s\"; pid-file none; session-keyfile \"%1$s/key\"; listen-on-v6 { none; };"
                .formatted(folder)
            + " listen-on port %d { 127.0.0.1; };".formatted(port);
    Path config = folder.resolve("named.conf");
    Files.writeString(
        config,
        "controls { };\n"
            + replaced(replaced(documented, "directory \"/var/lib/bind\";", own), FIRST, zone));
    return new DocumentedNameServer(config, port, "/usr/sbin/named", "-g", "-c", "" + config);
  }

  static DocumentedNameServer knot(Path folder, String documented, String zone) throws IOException {
    int port = OwnEndpoint.ofInterface().port();
    String own = "listen: 127.0.0.1@%d\n  rundir: \"%s\"".formatted(port, folder);
    String moved = replaced(documented, "listen: [ 192.0.2.53@53, 2001:db8:9::53@53 ]", own);
    moved = replaced(moved, "storage: /var/lib/knot", "storage: \"" + folder + "\"");
    Path config = folder.resolve("knot.conf");
    Files.writeString(
        config, replaced(moved, FIRST, zone) + "database:\n  storage: \"%s\"\n".formatted(folder));
    return new DocumentedNameServer(config, port, "/usr/sbin/knotd", "-c", "" + config);
  }

  private static String replaced(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new AssertionError("the document has no " + from + ":\n" + text);
    }
    return text.replace(from, to);
  }

  /** Asks for addresses of a name as a resolver does. */
  Message ask(String name) throws IOException {
    SimpleResolver resolver = new SimpleResolver("127.0.0.1");
    resolver.setPort(port);
    resolver.setTimeout(Duration.ofSeconds(10));
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN));
    query.getHeader().unsetFlag(org.xbill.DNS.Flags.RD);
    return resolver.send(query);
  }

  /** Its configuration, as moved. */
  String config() {
    return config.toString();
  }

  /** What it said so far. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Override
  public void close() {
    process.destroy();
    if (!process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().isAlive()) {
      return;
    }
    process.destroyForcibly();
  }
}
