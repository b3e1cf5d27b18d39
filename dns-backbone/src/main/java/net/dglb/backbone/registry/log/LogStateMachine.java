package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.AtomicFileOutputStream;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** Hands the log's committed commands to the state, and keeps its snapshots. */
final class LogStateMachine extends BaseStateMachine {

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final LoggedState state;
  private final Consumer<String> failed;

  /**
   * For this state.
   *
   * @param failed is told why the log cannot go on, on any thread
   */
  LogStateMachine(LoggedState state, Consumer<String> failed) {
    this.state = state;
    this.failed = failed;
  }

  static Message message(ByteString content) {
    return Message.valueOf(UnsafeByteOperations.unsafeWrap(content.toByteArray()));
  }

  /** Ratis has Protocol Buffers of its own, under another name. */
  static ByteString ours(org.apache.ratis.thirdparty.com.google.protobuf.ByteString theirs) {
    return ByteString.copyFrom(theirs.asReadOnlyByteBuffer());
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    state.restore(0, ByteString.EMPTY);
    restore(storage.getLatestSnapshot());
    getLifeCycle().transition(LifeCycle.State.STARTING);
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  /**
   * Called before the leader's snapshot replaces what is known here: at each part of it, and again
   * if it is sent again.
   */
  @Override
  public void pause() {
    if (getLifeCycleState() != LifeCycle.State.PAUSED) {
      getLifeCycle().transition(LifeCycle.State.PAUSING);
      getLifeCycle().transition(LifeCycle.State.PAUSED);
    }
  }

  /** Called once the leader's snapshot is on disk. */
  @Override
  public void reinitialize() throws IOException {
    restore(storage.loadLatestSnapshot());
    getLifeCycle().transition(LifeCycle.State.STARTING);
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  private void restore(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
    if (snapshot != null) {
      File file = snapshot.getFile().getPath().toFile();
      MD5Hash saved = snapshot.getFile().getFileDigest();
      if (saved != null && !saved.equals(MD5FileUtil.computeMd5ForFile(file))) {
        throw new IOException(file + ": damaged (expected: the checksum in its .md5 file)");
      }
      TermIndex last = snapshot.getTermIndex();
      try {
        state.restore(last.getIndex(), ByteString.copyFrom(Files.readAllBytes(file.toPath())));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
      }
      setLastAppliedTermIndex(last);
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    ByteString command = ours(entry.getStateMachineLogEntry().getLogData());
    ByteString outcome = state.apply(entry.getIndex(), command);
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    return CompletableFuture.completedFuture(message(outcome));
  }

  @Override
  public long takeSnapshot() throws IOException {
    TermIndex last = getLastAppliedTermIndex();
    File file = storage.getSnapshotFile(last.getTerm(), last.getIndex());
    AtomicFileOutputStream out = new AtomicFileOutputStream(file);
    try {
      state.snapshot().writeTo(out);
    } catch (IOException e) {
      out.abort();
      throw e;
    }
    out.close();
    MD5Hash digest = MD5FileUtil.computeAndSaveMd5ForFile(file);
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(file.toPath(), digest), last));
    return last.getIndex();
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    failed.accept("the log cannot be written: " + cause.getMessage());
  }
}
