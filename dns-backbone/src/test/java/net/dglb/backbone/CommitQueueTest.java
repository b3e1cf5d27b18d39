package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class CommitQueueTest {

  private final VirtualTimeline time = new VirtualTimeline(Instant.parse("2026-06-01T00:00:00Z"));
  private final List<String> done = new ArrayList<>();
  private boolean isFull;
  private final CommitQueue queue = new CommitQueue(this::commit, time);

  private void commit() {
    if (isFull) {
      throw new IllegalStateException("No space left on device");
    }
    done.add("commit");
  }

  @Test
  void oneCommitIsForAllThatWaits() {
    queue.afterCommit(() -> done.add("one"));
    queue.afterCommit(() -> done.add("two"));
    time.advance(Duration.ofMillis(10));
    assertThat(done).containsExactly("commit", "one", "two");
  }

  @Test
  void whatADiskDidNotTakeIsNeverAcknowledged() {
    isFull = true;
    queue.afterCommit(() -> done.add("one"));
    time.advance(Duration.ofSeconds(5));
    assertThat(done).isEmpty();

    isFull = false;
    queue.afterCommit(() -> done.add("two"));
    time.advance(Duration.ofMillis(10));
    assertThat(done).containsExactly("commit", "two");
  }
}
