package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeRunnerTest {

  private final Map<String, Runnable> signals = new HashMap<>();
  private final FakeNode node = new FakeNode();

  @Test
  void stopsInOrderOnTerm() throws InterruptedException {
    node.onStart = () -> signal("TERM");
    assertThat(run()).isEqualTo(NodeRunner.EXIT_OK);
    assertThat(node.calls).containsExactly("start", "close");
  }

  @Test
  void stopsInOrderOnInt() throws InterruptedException {
    node.onStart = () -> signal("INT");
    assertThat(run()).isEqualTo(NodeRunner.EXIT_OK);
  }

  @Test
  void reloadsOnHupAndRunsOn() throws InterruptedException {
    node.onStart = () -> signal("HUP");
    node.onReload = () -> signal("TERM");
    assertThat(run()).isEqualTo(NodeRunner.EXIT_OK);
    assertThat(node.calls).containsExactly("start", "reload", "close");
  }

  @Test
  void saysReadyOnceTheNodeIsReadyAndOnlyOnce() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    node.ready = false;
    node.onReadyAsked =
        () -> {
          if (asked.incrementAndGet() == 3) {
            node.ready = true;
            signal("HUP");
            signal("TERM");
          }
        };
    try (LogCapture log = new LogCapture(NodeRunner.class)) {
      assertThat(run()).isEqualTo(NodeRunner.EXIT_OK);
      assertThat(log.messages()).filteredOn("ready"::equals).hasSize(1);
    }
  }

  @Test
  void closesANodeThatCannotStartAndSaysWhy() throws InterruptedException {
    node.broken = true;
    try (LogCapture log = new LogCapture(NodeRunner.class)) {
      assertThat(run()).isEqualTo(NodeRunner.EXIT_FAILED);
      assertThat(log.messages())
          .containsExactly("cannot start: 127.0.0.1:53: address already in use");
    }
    assertThat(node.calls).containsExactly("start", "close");
  }

  @Test
  void givesUpOnANodeThatDoesNotStopInTime() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    node.stopWithin = Duration.ZERO;
    node.onStart = () -> signal("TERM");
    node.onClose = () -> await(never);
    assertThat(run()).isEqualTo(NodeRunner.EXIT_FAILED);
    assertThat(node.calls).containsExactly("start");
    never.countDown();
  }

  @Test
  void stopsAtOnceOnASecondSignal() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    node.onStart = () -> signal("TERM");
    node.onClose =
        () -> {
          signal("TERM");
          await(never);
        };
    assertThat(run()).isEqualTo(NodeRunner.EXIT_FAILED);
    never.countDown();
  }

  @Test
  void aSignalWhileTheNodeIsOpenedClosesItWithoutAStart() throws InterruptedException {
    NodeRunner runner = new NodeRunner(signals::put);
    signal("TERM");

    assertThat(runner.run(node)).isEqualTo(NodeRunner.EXIT_OK);
    assertThat(node.calls).containsExactly("close");
  }

  @Test
  void aSecondSignalCutsAStartShortThatDoesNotEnd() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    node.onStart =
        () -> {
          signal("TERM");
          signal("TERM");
          await(never);
        };
    try (LogCapture log = new LogCapture(NodeRunner.class)) {
      assertThat(run()).isEqualTo(NodeRunner.EXIT_FAILED);
      assertThat(log.messages()).contains("stopped at once");
    }
    never.countDown();
  }

  @Test
  void aStartThatDoesNotEndIsGivenUpInTime() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    node.stopWithin = Duration.ZERO;
    node.onStart =
        () -> {
          signal("TERM");
          await(never);
        };
    assertThat(run()).isEqualTo(NodeRunner.EXIT_FAILED);
    assertThat(node.calls).containsExactly("start");
    never.countDown();
  }

  @Test
  void endsInOrderEvenWhenClosingFails() throws InterruptedException {
    node.onStart = () -> signal("TERM");
    node.onClose =
        () -> {
          throw new IllegalStateException("socket gone");
        };
    try (LogCapture log = new LogCapture(NodeRunner.class)) {
      assertThat(run()).isEqualTo(NodeRunner.EXIT_OK);
      assertThat(log.messages()).contains("stopping failed");
    }
  }

  private int run() throws InterruptedException {
    return new NodeRunner(signals::put).run(node);
  }

  private void signal(String name) {
    Objects.requireNonNull(signals.get(name), name).run();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
