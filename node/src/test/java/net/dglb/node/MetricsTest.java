package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import net.dglb.identity.NodeRole;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics(NodeRole.AUTHORITY, "foobar");

  @Test
  void namesAndTagsACounterAsPrometheusDoes() {
    metrics.counter("dglb.test.things", "Things.", () -> 7, "kind", "good");

    assertThat(metrics.scrape().lines())
        .contains("# HELP dglb_test_things_total Things.")
        .contains("dglb_test_things_total{kind=\"good\"} 7.0");
  }

  @Test
  void aCounterCountsOnAfterItsReaderIsReferredToByNobodyElse() {
    AtomicLong things = new AtomicLong(1);
    metrics.counter("dglb.test.things", "Things.", things::doubleValue);
    collectGarbage();

    things.set(2);

    assertThat(metrics.scrape()).contains("dglb_test_things_total 2.0");
  }

  private static void collectGarbage() {
    WeakReference<Object> witness = new WeakReference<>(new Object());
    for (int i = 0; i < 100 && witness.get() != null; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(witness.get()).as("what nobody refers to").isNull();
  }
}
