package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.log.ConsensusLog;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.registry.log.LogUnavailableException;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.net.Endpoint;

/** A log without disk and network: every command counts at once, at all tables that it has. */
public final class ImmediateLog implements ConsensusLog {

  /** Whether there is no majority now. */
  public boolean away;

  private final List<RegistryTables> members = new ArrayList<>();
  private final List<ByteString> commands = new ArrayList<>();
  private final SortedMap<String, String> voters = new TreeMap<>(Map.of("b1", "127.0.0.1:5801"));

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

  /** Those that were accepted. */
  List<Command> commands() {
    return commands.stream().map(ImmediateLog::command).toList();
  }

  private static Command command(ByteString wire) {
    try {
      return Command.parseFrom(wire);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletableFuture<Void> add(String id, Endpoint endpoint) {
    return changed(
        !voters.containsKey(id), () -> voters.put(id, endpoint.toString()), id + " votes already");
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return changed(voters.containsKey(id), () -> voters.remove(id), id + " does not vote");
  }

  private CompletableFuture<Void> changed(boolean possible, Runnable change, String otherwise) {
    if (!possible) {
      return CompletableFuture.failedFuture(new IllegalArgumentException(otherwise));
    }
    change.run();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public LogStatus status() {
    List<LogStatus.Voter> all =
        voters.entrySet().stream()
            .map(each -> new LogStatus.Voter(each.getKey(), each.getValue(), commands.size()))
            .toList();
    return new LogStatus(all, away ? "" : "b1", 1, commands.size(), 0, "");
  }

  @Override
  public void close() {}
}
