package net.dglb.it;

import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A lab in processes of its own, started with the real command in a network namespace, and stopped
 * with everything in it when closed.
 */
final class LabRun implements AutoCloseable {

  static {
    // Much of what a test waits for is there when it is first looked for.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  /** Longer than a lab itself tries, which then says what is missing and ends. */
  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final Path directory;
  private final Path output;

  private LabRun(Process process, Path directory, Path output) {
    this.process = process;
    this.directory = directory;
    this.output = output;
  }

  /** Starts a lab and waits until it says that it is ready. */
  static LabRun start(String... options) {
    try {
      Path directory = Files.createTempDirectory("dglb-it");
      Path output = directory.resolve("lab.out");
      List<String> command = command();
      command.addAll(List.of("lab", "--namespace", "--dir", directory.resolve("lab").toString()));
      command.addAll(List.of(options));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      LabRun lab = new LabRun(process, directory, output);
      lab.awaitReady();
      return lab;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try {
      Awaitility.await("lab ready")
          .atMost(START)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !process.isAlive() || output().lines().anyMatch("lab ready"::equals));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    if (!process.isAlive()) {
      fail("the lab ended with exit code %d:%n%s", process.exitValue(), output());
    }
  }

  /** The real command, as the dglb script runs it. */
  static List<String> command() {
    Path target = Path.of(System.getProperty("dglb.integration.target", "target")).toAbsolutePath();
    try (Stream<Path> jars = Files.list(target)) {
      String jar =
          jars.filter(path -> path.getFileName().toString().matches("integration-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no integration jar in " + target))
              .toString();
      return new ArrayList<>(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              jar + File.pathSeparator + target.resolve("lib") + File.separator + "*",
              "net.dglb.command.Main"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a subcommand of the lab, such as {@code kill lb-madrid}. */
  String lab(String... arguments) {
    List<String> command = command();
    command.addAll(List.of("lab", arguments[0], "--dir", directory.resolve("lab").toString()));
    command.addAll(List.of(arguments).subList(1, arguments.length));
    return Tool.run(command, 60).expectSuccess("dglb lab " + String.join(" ", arguments));
  }

  /** Runs another command on the lab's nodes, such as {@code status}. */
  String dglb(String... arguments) {
    List<String> command = command();
    command.addAll(List.of(arguments));
    command.addAll(List.of("--dir", directory.resolve("lab").toString()));
    return Tool.run(command, 60).expectSuccess("dglb " + String.join(" ", arguments));
  }

  /** What lab.json says now. */
  JsonObject description() {
    try {
      return new JsonObject(Files.readString(directory.resolve("lab").resolve("lab.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entry of a list of lab.json whose key has the given value. */
  JsonObject entry(String list, String key, String value) {
    return entries(list).stream()
        .filter(entry -> value.equals(entry.getString(key)))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + list + " with " + key + " " + value + " in lab.json"));
  }

  /** A list of lab.json. */
  List<JsonObject> entries(String list) {
    return description().getJsonArray(list).stream().map(JsonObject.class::cast).toList();
  }

  /** A command line that runs inside the lab's network namespace. */
  List<String> inside(String... command) {
    String pid = Long.toString(entries("nodes").getFirst().getLong("pid"));
    List<String> all =
        new ArrayList<>(List.of("nsenter", "-t", pid, "-U", "-n", "--preserve-credentials", "--"));
    all.addAll(List.of(command));
    return all;
  }

  /** A folder for this test's files. */
  Path directory() {
    return directory;
  }

  /** What the lab printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        fail("the lab did not stop within 30 s of a TERM signal:%n%s", output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
