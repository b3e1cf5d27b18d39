package net.dglb.command;

import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
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
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dglb explain NAME}: how a resolver's question is answered now, and why. */
@Command(
    name = "explain",
    header = "Explains how a resolver's question for a name is answered now, and why.",
    description = {
      "Asks a backbone node, and then the load balancer that the resolver is referred to, what they",
      "decide and by what: the tables that DNS answers from are asked, nothing is reckoned again.",
      "Where a lab runs, its nodes are asked. If no load balancer can be asked, the sites are those",
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
    target.preferLab(lab -> lab.nodes(NodeRole.BACKBONE).stream().findFirst());
    return target.run(terminal, spec, this::explain);
  }

  private int explain() throws IOException, InterruptedException, IdentityException {
    AdminTarget.Reply reply = target.get(path(), clock);
    if (reply.status() != 200) {
      return terminal.fail(ExitCode.REFUSED, reply.tree().getString("detail"));
    }
    JsonObject explanation = reply.tree();
    addLoadBalancer(explanation);
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
    String question = "/explain/" + name + "?resolver=" + NetUtil.toAddressString(resolver);
    return subnet
        .map(
            it -> question + "&subnet=" + NetUtil.toAddressString(it.address()) + "/" + it.length())
        .orElse(question);
  }

  /** Asks the load balancer itself: what it answers counts, the backbone node only knows of it. */
  private void addLoadBalancer(JsonObject explanation)
      throws IOException, InterruptedException, IdentityException {
    JsonObject referral = explanation.getJsonObject("referral");
    JsonArray problems = new JsonArray();
    for (Endpoint endpoint : loadBalancers(referral)) {
      try {
        AdminTarget.Reply reply =
            target.get(endpoint, "/explain/" + referral.getString("label"), clock);
        if (reply.status() == 200) {
          JsonArray labels = reply.tree().getJsonArray("labels");
          explanation.put(
              "load-balancer", labels.getJsonObject(0).put("node", reply.tree().getString("node")));
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
