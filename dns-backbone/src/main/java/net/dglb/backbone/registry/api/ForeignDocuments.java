package net.dglb.backbone.registry.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import net.dglb.config.ConfigException;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;

/**
 * Reads the documents that callers send, on a worker's thread: one with thousands of services takes
 * seconds, in which the control thread goes on. An enterprise has a few places and never all, so
 * that the others and the operator find one. For all threads.
 */
final class ForeignDocuments {

  /** How many may be read or wait for it: each is up to some megabytes. */
  static final int MOST = 32;

  /** How many of them may be one enterprise's. */
  static final int OF_ONE = 4;

  private final Executor worker;
  private final Map<String, Integer> ofEnterprises = new HashMap<>();
  private int all;

  /** Nobody reads: as many as may wait do so. */
  static final class BusyException extends Exception {

    @java.io.Serial private static final long serialVersionUID = 1;

    BusyException(String whose, int most) {
      super("%d other documents%s are being read (expected: ask again)".formatted(most, whose));
    }
  }

  ForeignDocuments(Executor worker) {
    this.worker = worker;
  }

  /**
   * The zone; fails with {@link ConfigException} or {@link BusyException}.
   *
   * @param enterprise who sent it; empty for the operator
   */
  CompletableFuture<EnterpriseZone> read(Optional<String> enterprise, String document) {
    Optional<BusyException> busy = enter(enterprise);
    if (busy.isPresent()) {
      return CompletableFuture.failedFuture(busy.get());
    }
    return CompletableFuture.supplyAsync(() -> zone(document), worker)
        .whenComplete((_, _) -> leave(enterprise));
  }

  private synchronized Optional<BusyException> enter(Optional<String> enterprise) {
    if (all >= MOST) {
      return Optional.of(new BusyException("", MOST));
    }
    if (enterprise.filter(name -> ofEnterprises.getOrDefault(name, 0) >= OF_ONE).isPresent()) {
      return Optional.of(new BusyException(" of enterprise " + enterprise.get(), OF_ONE));
    }
    all++;
    enterprise.ifPresent(name -> ofEnterprises.merge(name, 1, Integer::sum));
    return Optional.empty();
  }

  private synchronized void leave(Optional<String> enterprise) {
    all--;
    enterprise.ifPresent(
        name -> ofEnterprises.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
  }

  private static EnterpriseZone zone(String document) {
    try {
      return RegistrationDocument.readForeign("document", document);
    } catch (ConfigException e) {
      throw new CompletionException(e);
    }
  }
}
