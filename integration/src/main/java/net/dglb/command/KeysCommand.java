package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.identity.IdentityException;
import net.dglb.net.DomainName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dglb keys}: the DNSSEC keys of an authority, a backbone node or a load balancer. */
@Command(
    name = "keys",
    header = "Shows and rolls DNSSEC keys: of an authority, a backbone node or a load balancer.",
    description = {
      "Keys are made, published and rolled by the node. What it cannot do is to change the parent",
      "zone: \"ds\" prints the record that belongs there. Keys of enterprise zones at the backbone"
          + " are",
      "the same on every backbone node; a load balancer has one key for all its labels, whose ZONE"
          + " is",
      "its id, and whose parent is the backbone."
    })
final class KeysCommand {

  private static final int DS_TTL_UNSAID = 3600;

  private final Terminal terminal;
  private final InstantSource clock;

  KeysCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Which node to ask, and how to print. */
  static final class Target {
    @Mixin private AdminTarget node = new AdminTarget();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print what the node answers as JSON.")
    private boolean json;
  }

  /** One question to the node. */
  private interface Asking {
    AdminTarget.Reply ask(AdminTarget node)
        throws IOException, InterruptedException, IdentityException;
  }

  @Command(name = "list", header = "Lists the keys of every signed zone and what happens next.")
  int list(@Mixin Target target) throws InterruptedException {
    return run(target, node -> node.get("/keys", clock), KeysCommand::zones);
  }

  @Command(name = "ds", header = "Prints the DS record that the parent zone is to have.")
  int ds(
      @Mixin Target target,
      @Parameters(paramLabel = "ZONE", description = "A signed zone.") DomainName zone)
      throws InterruptedException {
    return run(
        target,
        node -> {
          AdminTarget.Reply reply = node.get("/keys", clock);
          JsonArray zones = reply.tree().getJsonArray("zones", new JsonArray());
          return zones.stream()
              .map(JsonObject.class::cast)
              .filter(it -> zone.toString().equals(it.getString("zone")))
              .findFirst()
              .map(it -> new AdminTarget.Reply(reply.status(), it))
              .orElseGet(() -> notSigned(zone));
        },
        tree -> ds(zone, tree));
  }

  private static AdminTarget.Reply notSigned(DomainName zone) {
    return new AdminTarget.Reply(
        404, new JsonObject().put("detail", zone + ": not a signed zone of this node"));
  }

  @Command(
      name = "roll",
      header = "Begins to replace a zone's key by a new one.",
      description = "The node does the rest; it waits until the parent has the new DS record.")
  int roll(
      @Mixin Target target,
      @Parameters(paramLabel = "ZONE", description = "A signed zone.") DomainName zone)
      throws InterruptedException {
    return change(target, zone, "roll", new JsonObject());
  }

  @Command(name = "retire", header = "Gives up a new key that is not announced to the parent yet.")
  int retire(
      @Mixin Target target,
      @Parameters(paramLabel = "ZONE", description = "A signed zone.") DomainName zone,
      @Parameters(paramLabel = "TAG", description = "The key's tag.") int tag)
      throws InterruptedException {
    return change(target, zone, "retire", new JsonObject().put("tag", tag));
  }

  @Command(
      name = "confirm",
      header = "Says which keys the parent zone has DS records of; none if no TAG is given.",
      description = {
        "Say it when all servers of the parent zone answer so. Not needed where the node looks it",
        "up itself (dnssec.parents)."
      })
  int confirm(
      @Mixin Target target,
      @Parameters(index = "0", paramLabel = "ZONE", description = "A signed zone.") DomainName zone,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "TAG", description = "Key tags.")
          List<Integer> tags)
      throws InterruptedException {
    List<Integer> seen = Optional.ofNullable(tags).orElse(List.of());
    return change(target, zone, "parent", new JsonObject().put("tags", new JsonArray(seen)));
  }

  @Command(
      name = "forget",
      header = "Gives lost or damaged keys up, so that the zone begins anew with another key.",
      description = {
        "First restore keys/ from a backup if there is one. Otherwise have the DS records removed"
            + " at",
        "the parent, wait for their TTL, and only then say this."
      })
  int forget(
      @Mixin Target target,
      @Parameters(paramLabel = "ZONE", description = "A zone whose keys are lost.") DomainName zone)
      throws InterruptedException {
    return run(
        target,
        node -> node.post("/keys/" + zone + "/forget", new JsonObject(), clock),
        KeysCommand::zones);
  }

  private int change(Target target, DomainName zone, String what, JsonObject body)
      throws InterruptedException {
    return run(
        target,
        node -> node.post("/keys/" + zone + "/" + what, body, clock),
        tree -> String.join("", zone(tree)));
  }

  private int run(Target target, Asking asking, Function<JsonObject, String> text)
      throws InterruptedException {
    return target.node.run(
        terminal,
        target.spec,
        () -> {
          AdminTarget.Reply reply = asking.ask(target.node);
          if (reply.status() != 200) {
            return terminal.fail(
                ExitCode.REFUSED,
                reply.tree().getString("detail", "HTTP status " + reply.status()));
          }
          terminal
              .out()
              .print(target.json ? reply.tree().encodePrettily() + "\n" : text.apply(reply.tree()));
          terminal.out().flush();
          return ExitCode.OK;
        });
  }

  private static String zones(JsonObject tree) {
    List<String> lines = new ArrayList<>();
    tree.getJsonArray("zones").forEach(zone -> lines.addAll(zone((JsonObject) zone)));
    tree.getJsonObject("problems", new JsonObject())
        .forEach(problem -> lines.add(problem.getKey() + ": " + problem.getValue() + "\n"));
    return lines.isEmpty() ? "no zone is signed\n" : String.join("", lines);
  }

  private static List<String> zone(JsonObject zone) {
    List<String> lines = new ArrayList<>();
    lines.add(zone.getString("zone") + (zone.getBoolean("leaving") ? " (to be unsigned)\n" : "\n"));
    JsonArray keys = zone.getJsonArray("keys");
    for (int i = 0; i < keys.size(); i++) {
      JsonObject key = keys.getJsonObject(i);
      lines.add(
          "  %5d  %-17s  %-10s  %s%n"
              .formatted(
                  key.getInteger("tag"),
                  key.getInteger("algorithm") == 13 ? "ECDSAP256SHA256" : "ED25519",
                  key.getString("state"),
                  key.getString("outlook")));
    }
    return lines;
  }

  private static String ds(DomainName zone, JsonObject tree) {
    if (tree.getBoolean("leaving")) {
      return "; %s is to be unsigned: the parent is to have no DS record of it\n".formatted(zone);
    }
    String ds = tree.getString("ds");
    return ds == null
        ? "; not yet: %s\n".formatted(String.join("; ", zone(tree)).strip())
        : "%s. %d IN DS %s%n".formatted(zone, DS_TTL_UNSAID, ds);
  }
}
