package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;

/**
 * What the log's commands make. It must do the same on every node for the same commands in the same
 * order: no clock, no random numbers, nothing from outside. Called by one thread at a time, the
 * log's own.
 */
public interface LoggedState {

  /**
   * Takes the next command of the log.
   *
   * @param index its place in the log; grows
   * @return the outcome for whoever submitted it
   */
  ByteString apply(long index, ByteString command);

  /** Everything that the commands so far made. */
  ByteString snapshot();

  /**
   * Replaces everything.
   *
   * @param index the place in the log of the last command that the snapshot holds; 0 for the state
   *     before the first command, with an empty snapshot
   * @throws IllegalArgumentException if the snapshot cannot be read; the log then stays closed
   */
  void restore(long index, ByteString snapshot);
}
