package net.dglb.backbone.registry.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.dglb.net.Endpoint;
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
     * @throws IOException also if another one is to lead first
     */
    @Nullable RaftClientReply replace(UnaryOperator<List<RaftPeer>> change) throws IOException;
  }

  /**
   * A change.
   *
   * @param change the voters after it, from those before it; throws {@link
   *     IllegalArgumentException} if it may not be
   * @param done whether it is done if these vote
   * @param what it is, for people
   */
  record Wanted(UnaryOperator<List<RaftPeer>> change, Predicate<List<RaftPeer>> done, String what) {

    static Wanted added(String id, Endpoint endpoint) {
      return new Wanted(
          voters -> {
            if (has(voters, id)) {
              throw new IllegalArgumentException(
                  id + " votes already (to give it another address, remove it first)");
            }
            voters.add(Voters.peer(id, endpoint));
            return voters;
          },
          voters -> has(voters, id),
          "adding " + id + " at " + endpoint);
    }

    static Wanted removed(String id) {
      return new Wanted(
          voters -> {
            if (!voters.removeIf(peer -> peer.getId().toString().equals(id))) {
              throw new IllegalArgumentException(id + " does not vote");
            }
            if (voters.isEmpty()) {
              throw new IllegalArgumentException(id + " is the last node that votes");
            }
            return voters;
          },
          voters -> !has(voters, id),
          "removing " + id);
    }

    private static boolean has(List<RaftPeer> voters, String id) {
      return voters.stream().anyMatch(peer -> peer.getId().toString().equals(id));
    }
  }

  private final Leader leader;
  private final Supplier<List<RaftPeer>> settled;
  private final Wanted wanted;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private volatile boolean asked;
  private volatile String lastProblem = "no leader is elected";

  /**
   * A change.
   *
   * @param settled who votes as this node knows, once no change is under way; none if it does not
   *     know: whoever is removed may never hear from the leader that it was done
   */
  VoterChange(
      Leader leader,
      Supplier<List<RaftPeer>> settled,
      Wanted wanted,
      ScheduledExecutorService clock) {
    this.leader = leader;
    this.settled = settled;
    this.wanted = wanted;
    this.clock = clock;
  }

  CompletableFuture<Void> start() {
    var limit = clock.schedule(this::giveUp, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    var watch =
        clock.scheduleWithFixedDelay(
            this::isSeenDone, AGAIN_MILLIS, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        result.whenComplete((_, _) -> {
          limit.cancel(false);
          watch.cancel(false);
        });
    attempt();
    return result;
  }

  private void giveUp() {
    result.completeExceptionally(
        new LogUnavailableException(
            wanted.what()
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
            RaftClientReply reply = leader.replace(this::changed);
            if (reply != null && reply.isSuccess()) {
              result.complete(null);
            } else {
              again(reply == null ? "no leader is elected" : refused(reply.getException()));
            }
          } catch (IOException e) {
            again(refused(e));
          } catch (RuntimeException e) {
            if (!isSeenDone()) {
              result.completeExceptionally(e);
            }
          }
        });
  }

  private List<RaftPeer> changed(List<RaftPeer> before) {
    List<RaftPeer> after = wanted.change().apply(before);
    asked = true;
    return after;
  }

  /** Whether this node sees the change done that it asked for; the result is told then. */
  private boolean isSeenDone() {
    List<RaftPeer> voters = asked ? settled.get() : List.of();
    return !voters.isEmpty() && wanted.done().test(voters) && result.complete(null);
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
              wanted.what()
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
