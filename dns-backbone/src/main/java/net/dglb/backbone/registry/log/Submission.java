package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to whoever leads: asked again under the same number while there is no
 * leader or it changes, so that it takes effect at most once.
 */
final class Submission {

  private static final long AGAIN_MILLIS = 50;

  /** Where a request can be sent. */
  interface Route {

    /** Sends to the leader known now; null if none is known. */
    @Nullable CompletableFuture<RaftClientReply> toLeader(RaftClientRequest.Builder request)
        throws IOException;
  }

  private final RaftClientRequest.Builder request;
  private final Route route;
  private final Duration patience;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<ConsensusLog.Accepted> result = new CompletableFuture<>();
  private volatile String lastProblem = "no leader is elected";

  Submission(
      RaftClientRequest.Builder request,
      Route route,
      Duration patience,
      ScheduledExecutorService clock) {
    this.request = request;
    this.route = route;
    this.patience = patience;
    this.clock = clock;
  }

  CompletableFuture<ConsensusLog.Accepted> start() {
    var limit = clock.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    var _ = result.whenComplete((_, _) -> limit.cancel(false));
    attempt();
    return result;
  }

  private void giveUp() {
    result.completeExceptionally(
        new LogUnavailableException(
            "not confirmed by a majority of the backbone nodes within "
                + patience.toMillis()
                + " ms ("
                + lastProblem
                + "); it may still take effect: look before asking again"));
  }

  private void attempt() {
    if (result.isDone()) {
      return;
    }
    try {
      CompletableFuture<RaftClientReply> reply = route.toLeader(request);
      if (reply == null) {
        again("no leader is elected");
      } else {
        var _ = reply.whenComplete(this::take);
      }
    } catch (IOException | RuntimeException e) {
      again(String.valueOf(e.getMessage()));
    }
  }

  private void take(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
    if (failure != null) {
      again(String.valueOf(failure.getMessage()));
    } else if (reply != null && reply.isSuccess()) {
      ByteString outcome = LogStateMachine.ours(reply.getMessage().getContent());
      result.complete(new ConsensusLog.Accepted(reply.getLogIndex(), outcome));
    } else {
      again(reply == null ? "no reply" : String.valueOf(reply.getException()));
    }
  }

  private void again(String problem) {
    lastProblem = problem;
    if (!result.isDone()) {
      try {
        var _ = clock.schedule(this::attempt, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        lastProblem = "the node is stopping";
        giveUp();
      }
    }
  }
}
