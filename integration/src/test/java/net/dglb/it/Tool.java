package net.dglb.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that are not ours: found by name, run with a bound on time. */
final class Tool {

  private static final List<Path> PLACES =
      Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin").map(Path::of).toList();

  private Tool() {}

  /** What a finished run left behind; output and errors together. */
  record Result(int exitCode, String output) {

    /** The output of a run that had to succeed. */
    String expectSuccess(String what) {
      if (exitCode != 0) {
        fail("%s ended with exit code %d:%n%s", what, exitCode, output);
      }
      return output;
    }
  }

  /** Skips the calling test, with the tool's name as the reason, where it is not installed. */
  static void require(String... names) {
    for (String name : names) {
      assumeTrue(
          PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve(name))),
          name + " is not installed");
    }
  }

  /** Skips the calling test where an ordinary user may not make a network namespace. */
  static void requireNamespaces() {
    require("unshare", "nsenter", "ip");
    assumeTrue(
        run(List.of("unshare", "-Urn", "true"), 10).exitCode() == 0,
        "user and network namespaces are not allowed here");
  }

  /** Skips the calling test where an ordinary user may not mount a file system of its own. */
  static void requireMounts() {
    require("unshare", "mount");
    assumeTrue(
        run(List.of("unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"), 10).exitCode()
            == 0,
        "user and mount namespaces are not allowed here");
  }

  /** Runs a command and waits for at most the given time. */
  static Result run(List<String> command, int seconds) {
    try {
      Path output = Files.createTempFile("tool", ".out");
      Process process =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        fail("%s did not end within %d s:%n%s", command, seconds, Files.readString(output));
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Result(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
