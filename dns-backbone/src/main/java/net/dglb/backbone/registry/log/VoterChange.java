package net.dglb.backbone.registry.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.protocol.exceptions.SetConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * One change of who votes, on its way to whoever leads: asked again while the leader changes or
 * somebody else changed the voters meanwhile. Each attempt waits on a thread of its own.
 */
final class VoterChange {

  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final long AGAIN_MILLIS = 200;

  /** Has the leader known now replace the voters. */
  interface Leader {

    /**
     * Asks once and waits.
     *
     * @param change the voters after it, from those before it
     * @return null if no leader is known
     */
    @Nullable RaftClientReply replace(UnaryOperator<List<RaftPeer>> change) throws IOException;
  }

  private final Leader leader;
  private final UnaryOperator<List<RaftPeer>> change;
  private final String what;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private volatile String lastProblem = "no leader is elected";

  /**
   * A change.
   *
   * @param change the voters after it, from those before it; throws {@link
   *     IllegalArgumentException} if it may not be
   * @param what it is, for people
   */
  VoterChange(
      Leader leader,
      UnaryOperator<List<RaftPeer>> change,
      String what,
      ScheduledExecutorService clock) {
    this.leader = leader;
    this.change = change;
    this.what = what;
    this.clock = clock;
  }

  CompletableFuture<Void> start() {
    var limit = clock.schedule(this::giveUp, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    var _ = result.whenComplete((_, _) -> limit.cancel(false));
    attempt();
    return result;
  }

  private void giveUp() {
    result.completeExceptionally(
        new LogUnavailableException(
            what
                + ": not confirmed by a majority within "
                + LONGEST.toSeconds()
                + " s ("
                + lastProblem
                + "); it may still take effect: look at who decides before asking again"));
  }

  private void attempt() {
    Thread.ofVirtual()
        .name("voters")
        .start(() -> {
          try {
            RaftClientReply reply = leader.replace(change);
            if (reply != null && reply.isSuccess()) {
              result.complete(null);
            } else {
              again(reply == null ? "no leader is elected" : refused(reply.getException()));
            }
          } catch (IOException e) {
            again(refused(e));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  private void again(String problem) {
    lastProblem = problem;
    if (!result.isDone()) {
      var _ = clock.schedule(this::attempt, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** What to say at last if asking again does not help either; some failures end it at once. */
  private String refused(@Nullable Exception failure) {
    if (failure instanceof ReconfigurationTimeoutException) {
      result.completeExceptionally(
          new LogUnavailableException(
              what
                  + ": the new node does not answer (expected: it runs with registry.join = true,"
                  + " can be reached there, and has a backbone node's certificate);"
                  + " nothing was changed"));
    }
    return switch (failure) {
      case ReconfigurationInProgressException _ -> "another change is under way";
      case SetConfigurationException _ -> "others vote than this node knew of";
      case NotLeaderException _, LeaderNotReadyException _, LeaderSteppingDownException _ ->
          "the leader changed";
      case null -> "no reply";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
