package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A state that remembers its commands as lines; the outcome is how many there are. */
final class Ledger implements LoggedState {

  /** Whether no snapshot can be made now. */
  volatile boolean failing;

  /** Whether only the last command is remembered. */
  volatile boolean forgetful;

  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized ByteString apply(long index, ByteString command) {
    if (forgetful) {
      lines.clear();
    }
    lines.add(command.toStringUtf8());
    return ByteString.copyFromUtf8(Integer.toString(lines.size()));
  }

  @Override
  public synchronized ByteString snapshot() {
    if (failing) {
      throw new IllegalStateException("no snapshot can be made");
    }
    return ByteString.copyFromUtf8(String.join("\n", lines));
  }

  @Override
  public synchronized void restore(long index, ByteString snapshot) {
    lines.clear();
    if (!snapshot.isEmpty()) {
      lines.addAll(Arrays.asList(snapshot.toStringUtf8().split("\n")));
    }
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
