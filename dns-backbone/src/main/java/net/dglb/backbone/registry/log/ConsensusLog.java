package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import net.dglb.net.Endpoint;

/** Commands in one order for all backbone nodes. Thread-safe. */
public interface ConsensusLog extends AutoCloseable {

  /**
   * A command that a majority of the voters has on disk and that was taken by the state of the node
   * which answers.
   *
   * @param index its place in the log
   * @param outcome what the state made of it
   */
  record Accepted(long index, ByteString outcome) {}

  /**
   * Puts a command into the log.
   *
   * @return completed within the log's patience, on any thread; with {@link
   *     LogUnavailableException} if no majority has confirmed by then: the command may take effect
   *     later, or never
   */
  CompletableFuture<Accepted> submit(ByteString command);

  /**
   * Lets one more node vote: first it takes everything that was decided so far, then it counts.
   *
   * @param id of a backbone node that waits to be let in ({@link LogSettings#join})
   * @param endpoint where the voters reach it
   * @return completed within a minute, on any thread; with {@link LogUnavailableException} if no
   *     majority has confirmed by then, or {@link IllegalArgumentException} if it may not be
   */
  CompletableFuture<Void> add(String id, Endpoint endpoint);

  /** Takes a node's vote away, also that of this one; otherwise as {@link #add}. */
  CompletableFuture<Void> remove(String id);

  /** How the log stands now. */
  LogStatus status();

  /** Ends the node's part in the log; what is under way fails. */
  @Override
  void close();
}
