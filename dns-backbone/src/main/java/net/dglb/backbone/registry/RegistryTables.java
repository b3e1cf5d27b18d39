package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import net.dglb.backbone.registry.log.LoggedState;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that the log's commands make, published after each command. The log's thread writes;
 * anybody reads.
 */
public final class RegistryTables implements LoggedState {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryTables.class);

  /**
   * A state and its place in the log.
   *
   * @param index of the last command taken; 0 before the first
   */
  record Applied(long index, RegistryState state) {}

  private volatile Applied applied = new Applied(0, RegistryState.EMPTY);
  private volatile Runnable listener = () -> {};

  /** Tables without anything. */
  public RegistryTables() {}

  Applied applied() {
    return applied;
  }

  /** Who is called on the log's thread after each change. */
  void onApplied(Runnable told) {
    listener = told;
  }

  @Override
  public ByteString apply(long index, ByteString command) {
    RegistryState.Step step = step(command);
    applied = new Applied(index, step.state());
    listener.run();
    return step.outcome().toByteString();
  }

  private RegistryState.Step step(ByteString command) {
    try {
      return applied.state().apply(Command.parseFrom(command));
    } catch (InvalidProtocolBufferException e) {
      LOG.error("an entry of the log cannot be read and is left out: {}", e.getMessage());
      Outcome invalid =
          Outcome.newBuilder()
              .setKind(Outcome.Kind.KIND_INVALID)
              .setText(String.valueOf(e.getMessage()))
              .build();
      return new RegistryState.Step(applied.state(), invalid);
    }
  }

  @Override
  public ByteString snapshot() {
    return applied.state().toWire();
  }

  @Override
  public void restore(long index, ByteString snapshot) {
    if (index > 0 && snapshot.isEmpty()) {
      throw new IllegalArgumentException("an empty snapshot at " + index);
    }
    applied = new Applied(index, RegistryState.fromWire(snapshot));
    listener.run();
  }
}
