package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dglb site}: what an operator says of sites at one load balancer or in the network. */
@Command(
    name = "site",
    header = "Takes sites out, drains them, or brings them back: in the network or at one place.",
    description =
        "What is said stands above what probes say, is kept over restarts, and the newest that"
            + " matches a site counts. Without arguments it shows what is said. At a backbone node"
            + " it holds for every load balancer; at a load balancer for that one, above what the"
            + " backbone says.")
final class SiteCommand implements Callable<Integer> {

  private static final String PATH = "/sites/said";

  private final Terminal terminal;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private AdminTarget target = new AdminTarget();

  /** What to say or do. */
  enum State {
    UP,
    DOWN,
    DRAIN,
    PROBED,
    FAILBACK
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STATE",
      description =
          "down: not answered. drain: only while no other site is up. up: whatever probes say."
              + " probed: takes back what was said with this pattern. failback: the best site of a"
              + " service takes over again, whatever is answered now.")
  private Optional<State> state = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATTERN",
      description =
          "SERVICE/SITE or SITE; * stands for any characters, ? for one. With failback: SERVICE.")
  private Optional<String> pattern = Optional.empty();

  @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the others.")
  private Optional<String> why = Optional.empty();

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this process).")
  private Optional<String> who = Optional.empty();

  @Option(names = "--json", description = "Print what is said as JSON.")
  private boolean json;

  SiteCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    return target.run(terminal, spec, this::said);
  }

  private int said() throws IOException, InterruptedException, IdentityException {
    if (state.isPresent() && state.get() == State.FAILBACK) {
      return failedBack();
    }
    AdminTarget.Reply reply =
        state.isPresent() ? target.post(PATH, saying(state.get()), clock) : target.get(PATH, clock);
    if (reply.status() != 200) {
      return terminal.fail(ExitCode.REFUSED, reply.tree().getString("detail"));
    }
    terminal.out().print(json ? reply.tree().encodePrettily() + "\n" : words(reply.tree()));
    terminal.out().flush();
    return ExitCode.OK;
  }

  private int failedBack() throws IOException, InterruptedException, IdentityException {
    AdminTarget.Reply reply = target.post("/sites/failback", about("service"), clock);
    if (reply.status() != 200) {
      return terminal.fail(ExitCode.REFUSED, reply.tree().getString("detail"));
    }
    terminal.out().println(reply.tree().getString("service") + " answers its best site again");
    terminal.out().flush();
    return ExitCode.OK;
  }

  private JsonObject about(String key) {
    if (pattern.isEmpty() || why.isEmpty()) {
      throw new IllegalArgumentException("PATTERN and --why TEXT are needed to change anything");
    }
    return new JsonObject()
        .put(key, pattern.get())
        .put("who", who.orElseGet(() -> System.getProperty("user.name", "somebody")))
        .put("why", why.get());
  }

  private JsonObject saying(State said) {
    return about("pattern").put("state", said.name().toLowerCase(Locale.ROOT));
  }

  private static String words(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    JsonArray network = tree.getJsonArray("network", new JsonArray());
    append(tree.getJsonArray("said"), text);
    if (!network.isEmpty()) {
      text.append("below that, for the whole network:\n");
      append(network, text);
    } else if (tree.getJsonArray("said").isEmpty()) {
      text.append("nothing is said: probes alone count\n");
    }
    return text.toString();
  }

  private static void append(JsonArray said, StringBuilder text) {
    for (int i = 0; i < said.size(); i++) {
      JsonObject it = said.getJsonObject(i);
      text.append(
          String.format(
              "%-6s %s  (%s: %s, since %s)%n",
              it.getString("state"),
              it.getString("pattern"),
              it.getString("who"),
              it.getString("why"),
              it.getString("since")));
      JsonArray sites = it.getJsonArray("matches");
      sites.forEach(site -> text.append("         ").append(site).append('\n'));
      if (sites.isEmpty()) {
        text.append("         matches no site that is answered here now\n");
      }
    }
  }
}
