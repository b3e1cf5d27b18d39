package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.dglb.net.Endpoint;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change of who votes whose end nobody tells to the node that was asked for it. */
class VoterChangeTest {

  private static final List<RaftPeer> BEFORE = List.of(peer("b1"), peer("b2"), peer("b3"));
  private static final List<RaftPeer> AFTER = List.of(peer("b2"), peer("b3"));

  /** Shorter than what a change that nobody confirms takes to be given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile List<RaftPeer> settled = BEFORE;

  @AfterEach
  void close() {
    end.countDown();
    clock.shutdownNow();
  }

  /** The leader drops the one that it has removed, and the answer is lost with it. */
  @Test
  void aNodeThatSeesItselfOutOfTheVotersHasLeftThoughNoAnswerComes() throws Exception {
    CompletableFuture<Void> change =
        start(
            wanted -> {
              var _ = wanted.apply(new ArrayList<>(BEFORE));
              asked.countDown();
              await(end);
              return null;
            },
            VoterChange.Wanted.removed("b1"));
    asked.await();
    assertThat(change).isNotDone();
    settled = AFTER;
    change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void soHasOneThatIsToldThatNobodyLeadsAnyMore() throws Exception {
    CompletableFuture<Void> change =
        start(
            wanted -> {
              if (asked.getCount() > 0) {
                var _ = wanted.apply(new ArrayList<>(BEFORE));
                settled = AFTER;
                asked.countDown();
              }
              throw new IOException("no leader");
            },
            VoterChange.Wanted.removed("b1"));
    change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Its voters are those of before and of after then, and it may be that it is not to be. */
  @Test
  void whileTheChangeIsUnderWayNothingIsSaid() throws Exception {
    settled = List.of();
    CompletableFuture<Void> change =
        start(
            wanted -> {
              var _ = wanted.apply(new ArrayList<>(BEFORE));
              asked.countDown();
              await(end);
              return null;
            },
            VoterChange.Wanted.removed("b1"));
    asked.await();
    assertThatThrownBy(() -> change.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    settled = AFTER;
    change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What was so before anybody asked is no change. */
  @Test
  void whoeverDoesNotVoteCannotBeRemovedAndWhoeverDoesCannotBeAdded() {
    assertThatThrownBy(() ->
            start(
                    wanted -> {
                      var _ = wanted.apply(new ArrayList<>(AFTER));
                      return null;
                    },
                    VoterChange.Wanted.removed("b1"))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasMessageContaining("b1 does not vote");
    assertThatThrownBy(() ->
            start(
                    wanted -> {
                      var _ = wanted.apply(new ArrayList<>(BEFORE));
                      return null;
                    },
                    VoterChange.Wanted.added("b1", endpoint()))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasMessageContaining("b1 votes already");
  }

  private CompletableFuture<Void> start(VoterChange.Leader leader, VoterChange.Wanted wanted) {
    return new VoterChange(leader, () -> settled, wanted, clock).start();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Endpoint endpoint() {
    return new Endpoint(InetAddress.getLoopbackAddress(), 1);
  }

  private static RaftPeer peer(String id) {
    return Voters.peer(id, endpoint());
  }
}
