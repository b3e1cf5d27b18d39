package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessSignalsTest {

  @Test
  void runsTheActionWhenTheSignalComes() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    // Not HUP: a process started by nohup inherits that it is ignored, and Java then leaves it so.
    new ProcessSignals().on("USR2", received::countDown);
    long self = ProcessHandle.current().pid();
    new ProcessBuilder("kill", "-USR2", Long.toString(self)).start().waitFor();
    assertThat(received.await(20, TimeUnit.SECONDS)).as("USR2 reached this process").isTrue();
  }

  @Test
  void goesOnWhereASignalDoesNotExist() {
    try (LogCapture log = new LogCapture(ProcessSignals.class)) {
      new ProcessSignals().on("NOSUCH", () -> {});
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("signal NOSUCH is not available here");
    }
  }
}
