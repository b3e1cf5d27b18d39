package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.log.ConsensusLog;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.registry.log.LogUnavailableException;

/** A log without disk and network: every command counts at once, at all tables that it has. */
public final class ImmediateLog implements ConsensusLog {

  /** Whether there is no majority now. */
  public boolean away;

  private final List<RegistryTables> members = new ArrayList<>();
  private final List<ByteString> commands = new ArrayList<>();

  /** For these tables. */
  public ImmediateLog(RegistryTables... tables) {
    members.addAll(List.of(tables));
  }

  /** Adds tables, which take all commands so far. */
  public void join(RegistryTables tables) {
    members.add(tables);
    for (int i = 0; i < commands.size(); i++) {
      tables.apply(i + 1L, commands.get(i));
    }
  }

  @Override
  public CompletableFuture<Accepted> submit(ByteString command) {
    if (away) {
      return CompletableFuture.failedFuture(new LogUnavailableException("no majority"));
    }
    commands.add(command);
    ByteString outcome = ByteString.EMPTY;
    for (RegistryTables tables : members) {
      outcome = tables.apply(commands.size(), command);
    }
    return CompletableFuture.completedFuture(new Accepted(commands.size(), outcome));
  }

  /** How many commands were accepted. */
  public int size() {
    return commands.size();
  }

  @Override
  public LogStatus status() {
    return new LogStatus(List.of("b1"), away ? "" : "b1", 1, commands.size(), "");
  }

  @Override
  public void close() {}
}
