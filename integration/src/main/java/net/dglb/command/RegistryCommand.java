package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import net.dglb.command.terminal.Terminal;
import net.dglb.net.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dglb registry}: which backbone nodes decide on registrations. */
@Command(
    name = "registry",
    header = "Shows and changes which backbone nodes decide on registrations.",
    description = {
      "Ask any node that takes part. A change needs a majority of the nodes before it and of those",
      "after it, and is refused without."
    })
final class RegistryCommand {

  private static final String PATH = "/registry/members";

  private final Terminal terminal;
  private final InstantSource clock;

  RegistryCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(name = "members", header = "Lists the nodes whose majority decides.")
  int members(@Mixin AdminCall target) throws InterruptedException {
    return target.run(terminal, clock, AdminCall.Call.get(PATH, RegistryCommand::text));
  }

  @Command(
      name = "add",
      header = "Lets a node take part.",
      description = {
        "The node runs with registry.join = true and an empty state folder. It takes everything"
            + " that",
        "was decided so far, and then its vote counts."
      })
  int add(
      @Mixin AdminCall target,
      @Parameters(paramLabel = "ID", description = "The node's id.") String id,
      @Parameters(
              paramLabel = "ENDPOINT",
              description = "Where the other nodes reach it: its registry.listen.")
          Endpoint endpoint)
      throws InterruptedException {
    JsonObject body = new JsonObject().put("id", id).put("endpoint", endpoint.toString());
    return target.run(
        terminal,
        clock,
        new AdminCall.Call("POST", PATH, Optional.of(body), RegistryCommand::text));
  }

  @Command(
      name = "remove",
      header = "Takes a node's vote away, also the leader's or the asked node's own.",
      description = {
        "Ask one that stays. The removed node takes no registrations any more and hears of none;"
            + " it",
        "answers DNS from what it had: stop it."
      })
  int remove(
      @Mixin AdminCall target,
      @Parameters(paramLabel = "ID", description = "The node's id.") String id)
      throws InterruptedException {
    return target.run(
        terminal,
        clock,
        new AdminCall.Call("DELETE", PATH + "/" + id, Optional.empty(), RegistryCommand::text));
  }

  private static String text(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    tree.getJsonArray("members")
        .forEach(each -> {
          JsonObject member = (JsonObject) each;
          text.append(
              "%-16s %-24s confirmed %d%s%n"
                  .formatted(
                      member.getString("id"),
                      member.getString("endpoint"),
                      member.getLong("confirmed"),
                      member.getBoolean("leader") ? ", leads" : ""));
        });
    String problem = tree.getString("problem");
    return problem.isEmpty() ? text.toString() : text + "this node: " + problem + "\n";
  }
}
