package net.dglb.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NodeIdentity;
import net.dglb.net.Endpoint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dglb status}: what a node says about itself. */
@Command(name = "status", header = "Shows what a running node is doing.")
final class StatusCommand implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final InstantSource clock;

  @Option(
      names = "--admin",
      paramLabel = "ENDPOINT",
      defaultValue = "127.0.0.1:8053",
      description = "The node's admin address (default: ${DEFAULT-VALUE}).")
  private String admin = "";

  @ArgGroup(
      exclusive = false,
      heading = "%nFor an admin address that is not loopback, all three:%n")
  private @Nullable Identity identity;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  /** A certificate to show to the node. */
  static final class Identity {
    @Option(names = "--certificate", required = true, description = "Certificate in PEM.")
    private Path certificate = Path.of("");

    @Option(names = "--key", required = true, description = "Its private key in PEM.")
    private Path key = Path.of("");

    @Option(names = "--authority", required = true, description = "The network's authority.")
    private Path authority = Path.of("");

    IdentityFiles files() {
      return new IdentityFiles(certificate, key, authority);
    }
  }

  StatusCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (HttpClient client = client()) {
      Endpoint endpoint = Endpoint.parse(admin);
      HttpResponse<String> response =
          client.send(request(endpoint), HttpResponse.BodyHandlers.ofString());
      JsonObject tree = new JsonObject(response.body());
      if (response.statusCode() != 200) {
        return terminal.fail(ExitCode.REFUSED, admin + ": " + tree.getString("error"));
      }
      terminal.out().print(json ? tree.encodePrettily() + "\n" : StatusTable.of(tree));
      terminal.out().flush();
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IdentityException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    } catch (DecodeException e) {
      return terminal.fail(ExitCode.UNREACHABLE, admin + " is not a node's admin address");
    } catch (IOException e) {
      return terminal.fail(ExitCode.UNREACHABLE, admin + " does not answer: " + e);
    }
  }

  private HttpClient client() throws IdentityException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (identity != null) {
      builder.sslContext(NodeIdentity.load(identity.files(), clock.instant()).sslContext());
    }
    return builder.build();
  }

  private HttpRequest request(Endpoint endpoint) {
    String scheme = identity == null ? "http" : "https";
    return HttpRequest.newBuilder(URI.create(scheme + "://" + endpoint + "/status"))
        .timeout(TIMEOUT)
        .build();
  }
}
