package net.dglb.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.config.ConfigException;
import net.dglb.identity.IdentityException;
import net.dglb.identity.SigningKey;
import net.dglb.service.SignedRegistration;

/** Signs registration documents; no node is asked. */
final class Signing {

  private Signing() {}

  static int newKey(Terminal terminal, Path file) {
    Path publicFile = Path.of(file + ".pub");
    try {
      SigningKey.create(file, publicFile);
    } catch (IdentityException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    }
    terminal.out().println("keep this key from everybody: " + file);
    terminal.out().println("for the operator: " + publicFile);
    terminal.out().flush();
    return ExitCode.OK;
  }

  static int sign(Terminal terminal, Path document, Path key, long version, Optional<Path> wanted) {
    Path out = wanted.orElseGet(() -> signed(document));
    try {
      String text = Files.readString(document);
      Files.writeString(
          out, SignedRegistration.sign(document.toString(), text, version, SigningKey.load(key)));
    } catch (ConfigException e) {
      e.problems().forEach(problem -> terminal.err().println(problem));
      terminal.err().flush();
      return ExitCode.REFUSED;
    } catch (IllegalArgumentException e) {
      return terminal.fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IdentityException e) {
      return terminal.fail(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return terminal.fail(ExitCode.REFUSED, "cannot be read or written: " + e.getMessage());
    }
    terminal.out().println(out + " is signed, version " + version);
    terminal.out().flush();
    return ExitCode.OK;
  }

  private static Path signed(Path document) {
    String name = String.valueOf(document.getFileName()).replaceFirst("\\.conf$", "");
    return document.resolveSibling(name + ".signed.conf");
  }
}
