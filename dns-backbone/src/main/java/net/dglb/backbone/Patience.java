package net.dglb.backbone;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the steps of a start, each for a minute at most. */
final class Patience {

  private static final long SECONDS = 60;

  private Patience() {}

  /** Runs a task on another thread and waits until it is done. */
  static void on(Executor thread, Runnable task) throws IOException {
    var _ = within(CompletableFuture.runAsync(task, thread));
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
