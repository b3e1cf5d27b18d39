package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab as its user meets it, on this machine's own loopback. */
class LabCommandIT {

  /** Longer than a lab itself tries, which then says what is missing and ends. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final String PORT = "5300";

  @TempDir private Path directory;

  @Test
  void aLabOnThisMachineDoesWhatItPrintsAndCtrlCEndsItCleanly() throws Exception {
    Tool.require("dig");
    Process process = start("--port", PORT);
    try {
      awaitReady(process);
      JsonObject described = new JsonObject(run("lab", "--describe", "--dir", folder()));
      assertThat(described)
          .isEqualTo(new JsonObject(Files.readString(Path.of(folder(), "lab.json"))));
      assertThat(described.getBoolean("namespace")).isFalse();
      everyPrintedDigIsAnswered();
      traceAndStatusKnowTheLab(described);
      assertThat(run("lab", "dig", "--dir", folder(), "--", "@127.53.0.1", "test", "NS"))
          .contains("status: NOERROR", "a.nic.test.");
      Tool.run(List.of("kill", "-INT", Long.toString(process.pid())), 10).expectSuccess("kill");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output()).isTrue();
      assertThat(process.exitValue()).as(output()).isIn(0, 128 + 2);
      assertThat(output()).endsWith("lab stopped\n");
    } finally {
      end(process);
    }
    assertNothingIsLeft();
  }

  @Test
  void aLabEndsByItselfWithCode0WhenItsTimeIsOver() throws Exception {
    Process process = start("--port", PORT, "--lbs", "1", "--sites", "1", "--seconds", "1");
    try {
      awaitReady(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
      assertThat(process.exitValue()).as(output()).isZero();
    } finally {
      end(process);
    }
    assertNothingIsLeft();
  }

  private void everyPrintedDigIsAnswered() throws IOException {
    List<String> questions =
        output().lines().map(String::strip).filter(line -> line.startsWith("dig ")).toList();
    assertThat(questions).hasSize(5);
    for (String question : questions) {
      String reply = Tool.run(List.of(question.split(" ")), 30).expectSuccess(question);
      assertThat(reply)
          .as(question)
          .contains("status: NOERROR")
          .containsPattern("IN\\s+(A|NS|CNAME)\\s");
    }
  }

  private void traceAndStatusKnowTheLab(JsonObject described) {
    JsonObject service = described.getJsonArray("services").getJsonObject(0);
    JsonObject resolver = described.getJsonArray("resolvers").getJsonObject(0);
    JsonObject trace =
        new JsonObject(
            run(
                "trace",
                service.getString("question"),
                "--json",
                "--from",
                resolver.getString("address"),
                "--dir",
                folder()));
    assertThat(trace.getJsonArray("hops")).as(trace.encode()).hasSizeGreaterThan(3);
    String balancer = resolver.getString("beside");
    assertThat(run("status", "--node", balancer, "--dir", folder())).contains(balancer);
  }

  /** No process whose command line names the folder outlives the lab. */
  private void assertNothingIsLeft() throws IOException {
    try (var processes = ProcessHandle.allProcesses()) {
      assertThat(processes.filter(one -> one.info().commandLine().orElse("").contains(folder())))
          .as("processes of the lab")
          .isEmpty();
    }
    assertThat(output()).contains("lab stopped");
  }

  private Process start(String... options) throws IOException {
    List<String> command = LabRun.command();
    command.addAll(List.of("lab", "--dir", folder()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("lab.out").toFile())
        .start();
  }

  private void awaitReady(Process process) {
    Awaitility.await("lab ready")
        .atMost(START)
        .until(() -> !process.isAlive() || output().contains("Stop it with Ctrl-C."));
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static String run(String... arguments) {
    List<String> command = new ArrayList<>(LabRun.command());
    command.addAll(List.of(arguments));
    return Tool.run(command, 60).expectSuccess("dglb " + String.join(" ", arguments));
  }

  private String folder() {
    return directory.resolve("lab").toString();
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("lab.out"));
  }
}
