package net.dglb.backbone.registry.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.config.ConfigException;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;

/**
 * Reads the documents that callers send, on a worker's thread: one with thousands of services takes
 * seconds, in which the control thread goes on. For all threads.
 */
final class ForeignDocuments {

  /** How many may be read or wait for it: each is up to some megabytes. */
  static final int MOST = 32;

  private final Executor worker;
  private final AtomicInteger underWay = new AtomicInteger();

  /** Nobody reads: as many as may wait do so. */
  static final class BusyException extends Exception {

    @java.io.Serial private static final long serialVersionUID = 1;

    BusyException() {
      super("%d other documents are being read (expected: ask again)".formatted(MOST));
    }
  }

  ForeignDocuments(Executor worker) {
    this.worker = worker;
  }

  /** The zone; fails with {@link ConfigException} or {@link BusyException}. */
  CompletableFuture<EnterpriseZone> read(String document) {
    if (underWay.incrementAndGet() > MOST) {
      underWay.decrementAndGet();
      return CompletableFuture.failedFuture(new BusyException());
    }
    return CompletableFuture.supplyAsync(() -> zone(document), worker)
        .whenComplete((_, _) -> underWay.decrementAndGet());
  }

  private static EnterpriseZone zone(String document) {
    try {
      return RegistrationDocument.readForeign("document", document);
    } catch (ConfigException e) {
      throw new CompletionException(e);
    }
  }
}
