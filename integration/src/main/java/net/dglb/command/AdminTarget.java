package net.dglb.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NodeIdentity;
import net.dglb.lab.client.RunningLab;
import net.dglb.net.Endpoint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The options that say which node's admin API to ask, and the asking: for every command that does.
 */
final class AdminTarget {

  static final String DEFAULT = "127.0.0.1:8053";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(70);

  @Option(
      names = "--admin",
      paramLabel = "ENDPOINT",
      description = "The node's admin address (default: " + DEFAULT + ").")
  private Optional<String> admin = Optional.empty();

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "A node of the running lab, instead of its admin address.")
  private Optional<String> node = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".lab",
      description = "The running lab's folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".lab");

  @ArgGroup(
      exclusive = false,
      heading = "%nFor an admin address that is not loopback, all three:%n")
  private @Nullable Identity identity;

  /** A certificate to show to the node. */
  static final class Identity {
    @Option(
        names = "--certificate",
        paramLabel = "FILE",
        required = true,
        description = "Certificate in PEM.")
    private Path certificate = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "Its private key in PEM.")
    private Path key = Path.of("");

    @Option(
        names = "--authority",
        paramLabel = "FILE",
        required = true,
        description = "The network's authority.")
    private Path authority = Path.of("");

    IdentityFiles files() {
      return new IdentityFiles(certificate, key, authority);
    }
  }

  /** What a node answered: the HTTP status, and the JSON object of the body. */
  record Reply(int status, JsonObject tree) {}

  /** What a command does once it stands where the node can be asked; returns the exit code. */
  interface Asking {
    int ask() throws IOException, InterruptedException, IdentityException;
  }

  /**
   * Runs a command that asks a node: in the lab's network if its node is there, and with each
   * failure as one sentence and its exit code.
   */
  int run(Terminal terminal, CommandSpec spec, Asking asking) throws InterruptedException {
    try {
      Optional<RunningLab> lab = labToEnter();
      return lab.isPresent() ? LabEntry.rerunInside(lab.get(), spec) : asking.ask();
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IdentityException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return terminal.fail(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  /** The running lab, unless the options name a node that is not in it. */
  Optional<RunningLab> lab() {
    return admin.isPresent() ? Optional.empty() : RunningLab.find(folder);
  }

  /** Where no option names a node and a lab runs, one of the lab is meant. */
  void preferLab(Function<RunningLab, Optional<String>> choice) {
    if (node.isEmpty()) {
      node = lab().flatMap(choice);
    }
  }

  /** The lab whose network has to be entered before its node can be asked. */
  private Optional<RunningLab> labToEnter() {
    return RunningLab.find(folder).filter(lab -> node.isPresent() && LabEntry.isOutside(lab));
  }

  /**
   * Asks the node.
   *
   * @throws IllegalArgumentException if the options do not fit
   * @throws IdentityException if the certificate cannot be used
   * @throws IOException if no node answers; the message says where none was
   */
  Reply get(String path, InstantSource clock)
      throws IOException, InterruptedException, IdentityException {
    return send("GET", path, Optional.empty(), Optional.empty(), clock);
  }

  /** Asks another node than the one that the options say; otherwise as {@link #get}. */
  Reply get(Endpoint at, String path, InstantSource clock)
      throws IOException, InterruptedException, IdentityException {
    return send(at, "GET", path, Optional.empty(), Optional.empty(), clock);
  }

  /** Has the node change something; otherwise as {@link #get}. */
  Reply post(String path, JsonObject body, InstantSource clock)
      throws IOException, InterruptedException, IdentityException {
    return send("POST", path, Optional.of(body), Optional.empty(), clock);
  }

  /** Asks the node for a change: {@link #get} with a method, a body and an enterprise's token. */
  Reply send(
      String method,
      String path,
      Optional<JsonObject> body,
      Optional<String> token,
      InstantSource clock)
      throws IOException, InterruptedException, IdentityException {
    return send(endpoint(), method, path, body, token, clock);
  }

  private Reply send(
      Endpoint endpoint,
      String method,
      String path,
      Optional<JsonObject> body,
      Optional<String> token,
      InstantSource clock)
      throws IOException, InterruptedException, IdentityException {
    if (identity == null && !endpoint.address().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "--admin: "
              + endpoint
              + " speaks TLS (expected with it: --certificate, --key and --authority)");
    }
    String scheme = identity == null ? "http" : "https";
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(scheme + "://" + endpoint + path))
            .timeout(method.equals("GET") ? TIMEOUT : CHANGE_TIMEOUT)
            .header("content-type", "application/json")
            .method(
                method,
                body.map(JsonObject::encode)
                    .map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    token.ifPresent(shown -> builder.header("authorization", "Bearer " + shown));
    HttpRequest request = builder.build();
    try (HttpClient client = client(clock)) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), new JsonObject(response.body()));
    } catch (DecodeException e) {
      throw new IOException(endpoint + " is not a node's admin address", e);
    } catch (IOException e) {
      throw new IOException(endpoint + " does not answer: " + reason(e) + hint(e), e);
    }
  }

  /** A node that speaks TLS ends a plain connection without a word. */
  private String hint(IOException failure) {
    boolean heard =
        !(failure instanceof ConnectException || failure instanceof HttpTimeoutException);
    return identity == null && heard
        ? " (if it speaks TLS: --certificate, --key and --authority)"
        : "";
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException slow -> "no answer in time";
      case ConnectException refused -> "nothing listens there";
      case SSLException tls -> "TLS: " + tls.getMessage();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private Endpoint endpoint() throws IOException {
    if (node.isEmpty()) {
      return Endpoint.parse(admin.orElse(DEFAULT));
    }
    if (admin.isPresent()) {
      throw new IllegalArgumentException("--node and --admin say the same (give one)");
    }
    return RunningLab.require(folder).adminOf(node.get());
  }

  private HttpClient client(InstantSource clock) throws IdentityException {
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
}
