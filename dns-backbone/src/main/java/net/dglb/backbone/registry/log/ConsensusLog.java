package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;

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

  /** How the log stands now. */
  LogStatus status();

  /** Ends the node's part in the log; what is under way fails. */
  @Override
  void close();
}
