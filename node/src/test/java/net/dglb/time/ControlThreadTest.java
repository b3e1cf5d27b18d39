package net.dglb.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadTest {

  private final ControlThread thread = new ControlThread("under-test");

  @AfterEach
  void close() {
    thread.close();
  }

  @Test
  void runsEverythingOnItsOneDaemonThread() throws Exception {
    CompletableFuture<Thread> executed = new CompletableFuture<>();
    CompletableFuture<Thread> delayed = new CompletableFuture<>();
    thread.execute(() -> executed.complete(Thread.currentThread()));
    thread.after(Duration.ZERO, () -> delayed.complete(Thread.currentThread()));
    Thread one = executed.get(20, TimeUnit.SECONDS);
    assertThat(one.getName()).isEqualTo("under-test");
    assertThat(one.isDaemon()).isTrue();
    assertThat(delayed.get(20, TimeUnit.SECONDS)).isSameAs(one);
  }

  @Test
  void goesOnAfterATaskThatFails() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    thread.every(
        Duration.ZERO,
        Duration.ofMillis(1),
        () -> {
          thrice.countDown();
          throw new IllegalStateException("expected by this test");
        });
    assertThat(thrice.await(20, TimeUnit.SECONDS)).as("repeated after failing").isTrue();
  }

  @Test
  void goesOnAfterATaskThatFailsWithAnError() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    thread.every(
        Duration.ZERO,
        Duration.ofMillis(1),
        () -> {
          twice.countDown();
          throw new StackOverflowError("expected by this test");
        });
    assertThat(twice.await(20, TimeUnit.SECONDS)).as("repeated after an error").isTrue();
  }

  @Test
  void leavesAWholePeriodAfterARunThatTookLonger() throws Exception {
    long period = Duration.ofMillis(20).toNanos();
    long busyUntil = System.nanoTime() + 3 * period;
    BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    BlockingQueue<Long> ended = new LinkedBlockingQueue<>();
    thread.every(
        Duration.ZERO,
        Duration.ofNanos(period),
        () -> {
          begun.add(System.nanoTime());
          while (System.nanoTime() - busyUntil < 0) {
            Thread.onSpinWait();
          }
          ended.add(System.nanoTime());
        });
    begun.take();
    assertThat(begun.take() - ended.take()).isGreaterThanOrEqualTo(period);
  }

  @Test
  void dropsTasksAfterItWasClosed() {
    AtomicBoolean ran = new AtomicBoolean();
    thread.close();
    thread.execute(() -> ran.set(true));
    thread.after(Duration.ZERO, () -> ran.set(true)).cancel();
    thread.every(Duration.ZERO, Duration.ofMillis(1), () -> ran.set(true)).cancel();
    assertThat(ran).isFalse();
  }
}
