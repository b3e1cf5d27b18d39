package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dglb pki}: the network's own certificate authority. Existing files are never touched. */
@Command(
    name = "pki",
    header = "Makes the network's authority, certificates of nodes, and shared secrets.",
    synopsisSubcommandLabel = "COMMAND")
final class PkiCommand {

  private static final String DAYS = "Days until it expires (default: ${DEFAULT-VALUE}).";

  /** A hundred years. */
  private static final int MAX_DAYS = 36_500;

  private final Terminal terminal;
  private final InstantSource clock;

  PkiCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(name = "init", header = "Makes a network authority: its key and its certificate.")
  int init(
      @Parameters(paramLabel = "DIR", description = "Where to; made if missing.") Path folder,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "DGLB network",
              description = "The network's name (default: ${DEFAULT-VALUE}).")
          String name,
      @Option(names = "--days", paramLabel = "DAYS", defaultValue = "3650", description = DAYS)
          int days) {
    return doing(() -> {
      NetworkAuthority.create(folder, name, days(days), clock.instant());
      Path certificate = folder.resolve(NetworkAuthority.CERTIFICATE_FILE);
      terminal.out().println("authority for the nodes: " + certificate);
      terminal
          .out()
          .println("keep this key from everybody: " + folder.resolve(NetworkAuthority.KEY_FILE));
    });
  }

  @Command(name = "issue", header = "Issues a node's certificate with a new key.")
  int issue(
      @Parameters(paramLabel = "DIR", description = "The folder of the authority.") Path folder,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              description = "What the node does: authority, backbone, lb or mservice.")
          String role,
      @Option(names = "--id", paramLabel = "ID", required = true, description = "The node's id.")
          String id,
      @Option(
              names = "--address",
              paramLabel = "ADDRESS",
              description = "An IP address that the node listens on; may be repeated.")
          List<String> addresses,
      @Option(names = "--days", paramLabel = "DAYS", defaultValue = "365", description = DAYS)
          int days,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = ".",
              description = "Where to (default: this folder).")
          Path out,
      @Option(names = "--json", description = "Print a JSON object.") boolean json) {
    return doing(() -> {
      PeerIdentity who = new PeerIdentity(role(role), id);
      Duration valid = days(days);
      List<InetAddress> literals = new ArrayList<>();
      for (String address : addresses == null ? List.<String>of() : addresses) {
        literals.add(AddressLiteral.parse(address));
      }
      Files.createDirectories(out);
      print(NetworkAuthority.load(folder).issue(who, literals, valid, clock.instant(), out), json);
    });
  }

  @Command(name = "secret", header = "Makes a secret that nodes share, such as the map key.")
  int secret(@Parameters(paramLabel = "FILE", description = "The new file.") Path file) {
    return doing(() -> {
      Secret.create(file);
      terminal.out().println("secret: " + file);
    });
  }

  @Command(
      name = "tsig",
      header = "Makes a key for signed DNS messages, as nsupdate, dig and BIND read it.")
  int tsig(
      @Parameters(paramLabel = "FILE", description = "The new file.") Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "What both sides call the key, a domain name.")
          String name,
      @Option(
              names = "--algorithm",
              paramLabel = "ALGORITHM",
              defaultValue = "hmac-sha256",
              description = "hmac-sha256, hmac-sha384 or hmac-sha512 (default: ${DEFAULT-VALUE}).")
          String algorithm) {
    return doing(() -> {
      TsigAlgorithm wanted =
          TsigAlgorithm.ofWord(algorithm)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "algorithm: "
                          + algorithm
                          + " (expected: hmac-sha256, hmac-sha384 or hmac-sha512)"));
      TsigKey.random(DomainName.of(name), wanted).write(file);
      terminal.out().println("key: " + file);
    });
  }

  private void print(IdentityFiles files, boolean json) {
    if (json) {
      terminal
          .out()
          .println(
              new JsonObject()
                  .put("certificate", files.certificate().toString())
                  .put("key", files.key().toString())
                  .put("authority", files.authority().toString())
                  .encodePrettily());
    } else {
      terminal.out().println("identity {");
      terminal.out().println("  certificate = \"" + files.certificate() + "\"");
      terminal.out().println("  key = \"" + files.key() + "\"");
      terminal.out().println("  authority = \"" + files.authority() + "\"");
      terminal.out().println("}");
    }
  }

  private static Duration days(int days) {
    return Duration.ofDays(Failures.inRange("--days", days, 1, MAX_DAYS));
  }

  private static NodeRole role(String word) {
    return NodeRole.ofWord(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "role: " + word + " (expected: authority, backbone, lb or mservice)"));
  }

  private interface Work {
    void run() throws IdentityException, IOException;
  }

  private int doing(Work work) {
    try {
      work.run();
      terminal.out().flush();
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IdentityException | IOException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    }
  }
}
