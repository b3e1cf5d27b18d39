package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigException;
import net.dglb.identity.IdentityException;
import net.dglb.identity.VerifyingKey;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dglb zone}: what a site owner and the operator do with enterprise zones. */
@Command(
    name = "zone",
    header = "Registers, shows and removes enterprise zones at a backbone node.",
    description = {
      "An enterprise shows its token (--token-file). Without one, on the node's own machine,",
      "the caller is the operator."
    })
final class ZoneCommand {

  private static final String BASE =
      "The version that this changes, 0 for none; refused if another is served.";

  /** Less than what a call may take. */
  private static final int FOLLOW_SECONDS = 8;

  private final Terminal terminal;
  private final InstantSource clock;

  ZoneCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(
      name = "register",
      header = "Registers a zone or changes it, and prints the records to add.",
      description = {
        "A zone that is not the enterprise's yet must be proved: the first call prints a TXT",
        "record; publish it and call again. Registering the same again is safe."
      })
  int register(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "FILE", description = "The registration document.") Path file,
      @Option(names = "--base", paramLabel = "VERSION", description = BASE) Optional<Long> base,
      @Option(names = "--approve", description = "As the operator: no proof is needed.")
          boolean approve)
      throws InterruptedException {
    JsonObject wish = new JsonObject().put("approve", approve);
    base.ifPresent(version -> wish.put("base", Failures.atLeast(0, "--base", version)));
    return document(target, file, wish, ZoneText::registered);
  }

  @Command(name = "diff", header = "Says what registering a document would change.")
  int diff(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "FILE", description = "The registration document.") Path file)
      throws InterruptedException {
    return document(target, file, new JsonObject().put("dry-run", true), ZoneText::diff);
  }

  @Command(name = "list", header = "Lists the zones.")
  int list(@Mixin ZoneTarget target) throws InterruptedException {
    return target.run(terminal, clock, AdminCall.Call.get("/zones", ZoneText::list));
  }

  @Command(name = "show", header = "Shows a zone, its document and the records to add.")
  int show(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "ZONE", description = "The zone's origin.") DomainName zone)
      throws InterruptedException {
    return target.run(terminal, clock, AdminCall.Call.get("/zones/" + zone, ZoneText::show));
  }

  @Command(name = "history", header = "Lists the kept versions of a zone.")
  int history(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "ZONE", description = "The zone's origin.") DomainName zone)
      throws InterruptedException {
    return target.run(
        terminal, clock, AdminCall.Call.get("/zones/" + zone + "/history", ZoneText::history));
  }

  @Command(name = "rollback", header = "Makes an earlier version the next one.")
  int rollback(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "ZONE", description = "The zone's origin.") DomainName zone,
      @Parameters(paramLabel = "VERSION", description = "One of its history.") long version,
      @Option(names = "--base", paramLabel = "VERSION", description = BASE) Optional<Long> base)
      throws InterruptedException {
    JsonObject wish = new JsonObject().put("version", Failures.atLeast(1, "VERSION", version));
    base.ifPresent(changed -> wish.put("base", Failures.atLeast(0, "--base", changed)));
    return target.run(
        terminal, clock, post("/zones/" + zone + "/rollback", wish, ZoneText::registered));
  }

  @Command(
      name = "remove",
      header = "Removes a zone. Take the delegation out of the enterprise's zone first.")
  int remove(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "ZONE", description = "The zone's origin.") DomainName zone,
      @Option(names = "--base", paramLabel = "VERSION", description = BASE) Optional<Long> base)
      throws InterruptedException {
    String path =
        "/zones/"
            + zone
            + base.map(version -> "?base=" + Failures.atLeast(0, "--base", version)).orElse("");
    return target.run(
        terminal, clock, new AdminCall.Call("DELETE", path, Optional.empty(), ZoneText::removed));
  }

  @Command(
      name = "enterprises",
      header = "As the operator: lists the enterprises, without secrets.")
  int enterprises(@Mixin ZoneTarget target) throws InterruptedException {
    return target.run(terminal, clock, AdminCall.Call.get("/enterprises", EnterpriseText::list));
  }

  @Command(
      name = "remove-enterprise",
      header = "As the operator: forgets an enterprise with all its credentials.",
      description = "Refused while it has zones, unless they are removed with it.")
  int removeEnterprise(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "NAME", description = "The enterprise's identifier.") String name,
      @Option(names = "--with-zones", description = "Remove its zones too.") boolean withZones)
      throws InterruptedException {
    EnterpriseZone.checkEnterprise(name);
    String path = "/enterprises/" + name + (withZones ? "?with-zones=true" : "");
    return target.run(
        terminal,
        clock,
        new AdminCall.Call("DELETE", path, Optional.empty(), EnterpriseText::removed));
  }

  @Command(
      name = "enterprise",
      header = "As the operator: makes an enterprise known, or changes its token and quotas.")
  int enterprise(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "NAME", description = "The enterprise's identifier.") String name,
      @Option(names = "--new-token", description = "Make a token and print it, this once.")
          boolean newToken,
      @Option(
              names = "--signing-key",
              paramLabel = "FILE",
              description = "The public key or certificate, in PEM, of who signs its files.")
          Optional<Path> key,
      @Option(
              names = "--identity",
              paramLabel = "IDENTITY",
              description = "Its identity in a certificate: dglb://authority/foobar.")
          Optional<String> identity,
      @Option(
              names = "--revoke",
              split = ",",
              paramLabel = "KIND",
              description = "Take credentials away: token, signing-key, identity.")
          @Nullable List<String> revoke,
      @Option(names = "--zones", paramLabel = "N", description = "How many zones it may have.")
          Optional<Integer> zones,
      @Option(names = "--services", paramLabel = "N", description = "How many services in all.")
          Optional<Integer> services)
      throws InterruptedException {
    JsonObject wish = new JsonObject().put("name", name).put("new-token", newToken);
    if (revoke != null) {
      wish.put("revoke", new JsonArray(revoke));
    }
    if (key.isPresent()) {
      try {
        wish.put("signing-key", VerifyingKey.load(key.get()).toPem());
      } catch (IdentityException e) {
        return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
      }
    }
    identity.ifPresent(shown -> wish.put("identity", shown));
    zones.ifPresent(most -> wish.put("zones", Failures.atLeast(0, "--zones", most)));
    services.ifPresent(most -> wish.put("services", Failures.atLeast(0, "--services", most)));
    return target.run(terminal, clock, post("/enterprises", wish, EnterpriseText::stored));
  }

  @Command(
      name = "audit",
      header = "As the operator: who did what, when and from where.",
      description = {
        "The chain of hashes is reckoned anew from what the records say; exit code 1 if a record",
        "does not fit, or if there are fewer than there were."
      })
  int audit(
      @Mixin ZoneTarget target,
      @Option(
              names = "--after",
              paramLabel = "NUMBER[:HASH]",
              defaultValue = "0",
              description = "Only records after this one; with its hash, they must follow it.")
          String after,
      @Option(
              names = "--lines",
              description = "As the lines that the hashes go over, to be kept and checked.")
          boolean lines,
      @Option(names = "--follow", description = "Go on with what comes, until interrupted.")
          boolean follow)
      throws InterruptedException {
    AuditTail tail = new AuditTail(AuditMark.parse(after), lines);
    int wait = follow ? FOLLOW_SECONDS : 0;
    do {
      int code =
          target.run(
              terminal, clock, AdminCall.Call.taken(tail.path(wait), tail::take, tail::text));
      if (code != ExitCode.OK) {
        return code;
      }
      tail.note().ifPresent(note -> terminal.err().println("dglb: " + note));
      if (tail.problem().isPresent()) {
        return terminal.fail(ExitCode.REFUSED, tail.problem().get());
      }
    } while (follow || tail.hasMore());
    return ExitCode.OK;
  }

  @Command(
      name = "new-key",
      header = "Makes a key that signs registrations: FILE, and FILE.pub for the operator.")
  int newKey(@Parameters(paramLabel = "FILE", description = "The new file.") Path file) {
    return Signing.newKey(terminal, file);
  }

  @Command(
      name = "sign",
      header = "Signs a registration document, for ways on which no node can be asked.",
      description = {
        "Put the signed file into the folder registry.signed-files of a backbone node. Its"
            + " problems",
        "are told there (status), and its version counts: a higher one replaces a lower one."
      })
  int sign(
      @Parameters(paramLabel = "DOCUMENT", description = "The registration document.") Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description = "The enterprise's private key in PEM, open to nobody else.")
          Path key,
      @Option(
              names = "--version",
              paramLabel = "N",
              description = "The zone's version (default: the time in seconds since 1970).")
          Optional<Long> version,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "The signed file (default: DOCUMENT with .signed.conf at its end).")
          Optional<Path> out) {
    return Signing.sign(
        terminal,
        file,
        key,
        version
            .map(given -> Failures.atLeast(1, "--version", given))
            .orElseGet(() -> clock.instant().getEpochSecond()),
        out);
  }

  @Command(
      name = "key",
      header = "Makes a key for dynamic updates (RFC 2136) and prints its file, this once.")
  int key(
      @Mixin ZoneTarget target,
      @Parameters(paramLabel = "ENTERPRISE", description = "Whose zones it may update.")
          String enterprise,
      @Parameters(
              paramLabel = "NAME",
              description = "What both sides call the key: a domain name that nobody else uses.")
          DomainName name,
      @Option(
              names = "--algorithm",
              paramLabel = "ALGORITHM",
              defaultValue = "hmac-sha256",
              description = "hmac-sha256, hmac-sha384 or hmac-sha512 (default: ${DEFAULT-VALUE}).")
          String algorithm,
      @Option(names = "--remove", description = "Take the key away.") boolean remove)
      throws InterruptedException {
    EnterpriseZone.checkEnterprise(enterprise);
    String path = "/enterprises/" + enterprise + "/keys";
    if (remove) {
      return target.run(
          terminal,
          clock,
          new AdminCall.Call("DELETE", path + "/" + name, Optional.empty(), ZoneText::keyRemoved));
    }
    JsonObject wish = new JsonObject().put("name", name.toString()).put("algorithm", algorithm);
    return target.run(terminal, clock, post(path, wish, ZoneText::key));
  }

  /** A document is checked here first: problems are told by the lines of the user's own file. */
  private int document(
      ZoneTarget target, Path file, JsonObject wish, Function<JsonObject, String> text)
      throws InterruptedException {
    try {
      wish.put("document", RegistrationDocument.plain(file));
    } catch (ConfigException e) {
      e.problems().forEach(problem -> terminal.err().println(problem));
      terminal.err().flush();
      return ExitCode.REFUSED;
    }
    return target.run(terminal, clock, post("/zones", wish, text));
  }

  private static AdminCall.Call post(
      String path, JsonObject body, Function<JsonObject, String> text) {
    return new AdminCall.Call("POST", path, Optional.of(body), text);
  }
}
