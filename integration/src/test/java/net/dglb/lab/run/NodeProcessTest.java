package net.dglb.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {

  @TempDir private Path folder;

  private final BlockingQueue<String> surprises = new LinkedBlockingQueue<>();
  private final Launcher launcher = Launcher.ofThisProcess(Sleeper.class.getName());
  private final List<String> arguments = new ArrayList<>(List.of("up"));
  private Path log;
  private NodeProcess node;
  private final BlockingQueue<Process> started = new LinkedBlockingQueue<>();

  @BeforeEach
  void makeANode() {
    log = folder.resolve("node.log");
    node =
        new NodeProcess(
            "n1", log, this::launch, (id, code) -> surprises.add(id + " ended with " + code));
  }

  private Process launch() throws IOException {
    Process process = launcher.start(32, arguments, log);
    started.add(process);
    return process;
  }

  @AfterEach
  void end() throws InterruptedException {
    node.kill();
  }

  @Test
  void endsWithTheProcessThatStartedItHoweverThatOneEnds() throws Exception {
    node.start();
    awaitUp();

    Process process = started.remove();
    process.getOutputStream().close();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended by the cut pipe").isTrue();
  }

  @Test
  void tellsOfAProcessThatEndsByItself() throws Exception {
    node.start();
    awaitUp();

    started.remove().destroyForcibly();

    assertThat(surprises.poll(30, TimeUnit.SECONDS)).startsWith("n1 ended with ");
    assertThat(node.running()).isFalse();
    assertThat(node.pid()).isEmpty();
  }

  @Test
  void killsAndStartsAgainWithoutCallingItASurprise() throws Exception {
    node.start();
    long first = node.pid().orElseThrow();

    node.kill();
    assertThat(node.running()).isFalse();
    node.start();

    assertThat(node.pid()).isPresent().get().isNotEqualTo(first);
    assertThat(surprises).isEmpty();
  }

  @Test
  void stopsInOrder() throws Exception {
    node.start();
    awaitUp();

    assertThat(node.stop(Duration.ofSeconds(30))).isTrue();

    Awaitility.await("the shutdown hook's line").until(() -> node.lastLines().contains("in order"));
    assertThat(surprises).isEmpty();
  }

  @Test
  void isLeavingUntilItHasGone() throws Exception {
    arguments.add("lingers");
    node.start();
    awaitUp();
    assertThat(node.leaving()).isFalse();

    assertThat(node.stop(Duration.ofMillis(1))).isFalse();
    assertThat(node.leaving()).isTrue();
    assertThat(node.running()).isTrue();

    node.kill();
    assertThat(node.leaving()).isFalse();
  }

  private void awaitUp() {
    Awaitility.await("the process prints that it is up")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(log) && node.lastLines().contains("up"));
  }
}
