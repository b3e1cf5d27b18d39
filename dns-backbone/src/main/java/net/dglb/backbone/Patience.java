package net.dglb.backbone;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the steps of a start, each for a minute at most, and a moment at a stop. */
final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long SECONDS = 60;
  private static final long STOP_SECONDS = 2;

  private Patience() {}

  /** Runs a task on another thread and waits until it is done. */
  static void on(Executor thread, Runnable task) throws IOException {
    var _ = within(CompletableFuture.runAsync(task, thread));
  }

  /** Has something that is not worth a long stop done on another thread, if it is done soon. */
  static void briefly(String unfinished, Executor thread, Supplier<CompletableFuture<Void>> task) {
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(() -> {
      var _ = task.get().whenComplete((_, _) -> done.countDown());
    });
    try {
      if (!done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} within {} s, and the node stops", unfinished, STOP_SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static <T> T await(Future<T> future) throws IOException {
    return within(future.toCompletionStage().toCompletableFuture());
  }

  private static <T> T within(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("a step took longer than " + SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException said ? said : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
