package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.dglb.command.explain.ExplanationText;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeRole;
import net.dglb.lab.client.RunningLab;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dglb explain NAME}: how a resolver's question is answered now, and why. */
@Command(
    name = "explain",
    header = "Explains how a resolver's question for a name is answered now, and why.",
    description = {
      "Asks a backbone node, and then the load balancer that the resolver is referred to, what"
          + " they",
      "decide and by what: the tables that DNS answers from are asked, nothing is reckoned again.",
      "Where a lab runs, its nodes are asked. If no load balancer can be asked, the sites are"
          + " those",
      "of the backbone node's own view, from what the load balancer reported to it."
    },
    footer = {
      "",
      "Example: dglb explain www.foobar.test --resolver 127.53.3.53",
      "What each line says is in docs/explain.md."
    })
final class ExplainCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private AdminTarget target = new AdminTarget();

  @Parameters(
      paramLabel = "NAME",
      description = "What the client asks for: a balanced name, an alias of one, or a label.")
  private DomainName name = DomainName.ROOT;

  @Option(
      names = "--resolver",
      paramLabel = "ADDRESS",
      required = true,
      description = "The address that the resolver asks from.")
  private InetAddress resolver = InetAddress.getLoopbackAddress();

  @Option(
      names = "--subnet",
      paramLabel = "PREFIX",
      description = "The client subnet that the resolver sends along (RFC 7871).")
  private Optional<Prefix> subnet = Optional.empty();

  @Option(
      names = "--lb-admin",
      paramLabel = "ENDPOINT",
      description =
          "The admin address of a load balancer to ask (default: in a lab, the first that the"
              + " resolver is referred to and that answers).")
  private Optional<Endpoint> loadBalancer = Optional.empty();

  @Option(
      names = "--down",
      paramLabel = "LB",
      description = "Suppose that this load balancer is lost; may be repeated.")
  private List<String> down = List.of();

  @Option(
      names = "--without",
      paramLabel = "SITE",
      description = "Suppose that this site is taken out; may be repeated.")
  private List<String> without = List.of();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "What was answered at a moment of the past, such as 2026-01-31T12:00:00Z, or so long ago,"
              + " such as 10m.")
  private Optional<Moment> at = Optional.empty();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "A or AAAA (default: by the resolver's address). JSON has both.")
  private Optional<Type> type = Optional.empty();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  /** The record types that sites are answered with. */
  enum Type {
    A,
    AAAA
  }

  ExplainCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (at.isPresent() && !(down.isEmpty() && without.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          (down.isEmpty() ? "--without" : "--down")
              + ": not together with --at (expected one of the two: of the past is kept what was"
              + " answered, not what would have been)");
    }
    target.preferLab(lab -> lab.nodes(NodeRole.BACKBONE).stream().findFirst());
    return target.run(terminal, spec, this::explain);
  }

  private int explain() throws IOException, InterruptedException, IdentityException {
    AdminTarget.Reply reply = target.get(path(), clock);
    if (reply.status() != 200) {
      return terminal.fail(ExitCode.REFUSED, reply.tree().getString("detail"));
    }
    JsonObject explanation = reply.tree();
    if (!explanation.getString("mode", "").equals("direct")
        && explanation.containsKey("referral")) {
      addLoadBalancer(explanation);
    }
    if (at.isPresent()
        && !explanation.containsKey("answers")
        && !explanation.containsKey("load-balancer")) {
      return terminal.fail(
          ExitCode.REFUSED,
          "no load balancer tells of the past: "
              + explanation.getJsonArray("load-balancer-problems", new JsonArray())
              + " (name one with --lb-admin)");
    }
    Type shown = type.orElse(AddressFamily.of(resolver) == AddressFamily.IPV4 ? Type.A : Type.AAAA);
    terminal
        .out()
        .print(
            json
                ? explanation.encodePrettily() + "\n"
                : ExplanationText.of(explanation, shown.name()));
    terminal.out().flush();
    return ExitCode.OK;
  }

  private String path() {
    return "/explain/"
        + name
        + who()
        + then()
        + supposed("&down=", down)
        + supposed("&without=", without);
  }

  private String who() {
    StringBuilder path = new StringBuilder("?resolver=" + AddressLiteral.text(resolver));
    subnet.ifPresent(it ->
        path.append("&subnet=")
            .append(AddressLiteral.text(it.address()))
            .append('/')
            .append(it.length()));
    return path.toString();
  }

  private String loadBalancerPath(String label) {
    return "/explain/" + label + who() + then() + supposed("&without=", without);
  }

  private String then() {
    return at.map(it -> "&at=" + it.before(clock.instant())).orElse("");
  }

  private static String supposed(String parameter, List<String> ids) {
    return ids.isEmpty()
        ? ""
        : parameter + URLEncoder.encode(String.join(",", ids), StandardCharsets.UTF_8);
  }

  /** Asks the load balancer itself: what it answers counts, the backbone node only knows of it. */
  private void addLoadBalancer(JsonObject explanation)
      throws IOException, InterruptedException, IdentityException {
    JsonObject referral = explanation.getJsonObject("referral");
    JsonArray problems = new JsonArray();
    for (Endpoint endpoint : loadBalancers(referral)) {
      try {
        AdminTarget.Reply reply =
            target.get(endpoint, loadBalancerPath(referral.getString("label")), clock);
        if (reply.status() == 200) {
          explanation.put("load-balancer", label(reply.tree()));
          return;
        }
        problems.add(endpoint + ": " + reply.tree().getString("detail"));
      } catch (IOException e) {
        if (loadBalancer.isPresent()) {
          throw e;
        }
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      explanation.put("load-balancer-problems", problems);
    }
  }

  /** The one label, with what is told of all. */
  private static JsonObject label(JsonObject tree) {
    JsonObject label = tree.getJsonArray("labels").getJsonObject(0);
    for (String key : List.of("node", "at", "reaches-back-to")) {
      if (tree.containsKey(key)) {
        label.put(key, tree.getString(key));
      }
    }
    return label;
  }

  private List<Endpoint> loadBalancers(JsonObject referral) {
    if (loadBalancer.isPresent()) {
      return List.of(loadBalancer.get());
    }
    Optional<RunningLab> lab = target.lab();
    List<Endpoint> all = new ArrayList<>();
    if (lab.isPresent()) {
      List<String> known = lab.get().nodes(NodeRole.LOAD_BALANCER);
      for (Object server : referral.getJsonArray("name-servers")) {
        String id = ((JsonObject) server).getString("id");
        if (known.contains(id)) {
          all.add(lab.get().adminOf(id));
        }
      }
    }
    return all;
  }
}
