package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.net.Endpoint;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consensus log by Apache Ratis: Raft between the voters over gRPC and TLS, or alone without a
 * network. A log that fails, for example because the disk is full, is opened again every few
 * seconds; commands are refused meanwhile.
 */
public final class RatisLog implements ConsensusLog {

  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);
  private static final long REOPEN_SECONDS = 5;
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(
          UUID.nameUUIDFromBytes("dglb registry".getBytes(StandardCharsets.US_ASCII)));

  private final LogSettings settings;
  private final LoggedState state;
  private final Parameters parameters;
  private final RaftProperties properties;
  private final RaftGroup group;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean reopening = new AtomicBoolean();
  private final ScheduledExecutorService clock;
  private volatile @Nullable RaftServer server;
  private volatile @Nullable RaftClientRpc others;
  private volatile String problem = "";
  private volatile boolean closed;

  /**
   * Prepares the log; {@link #start} opens it.
   *
   * @param identity shown to the other voters, which must be backbone nodes of the same network
   */
  public RatisLog(LogSettings settings, NodeIdentity identity, LoggedState state) {
    // A library must not end the process: DNS goes on without the log.
    ExitUtils.disableSystemExit();
    this.settings = settings;
    this.state = state;
    properties = LogProperties.of(settings);
    parameters =
        GrpcFactory.newRaftParameters(
            new GrpcTlsConfig(identity.keyManager(), identity.trust(NodeRole.BACKBONE), true));
    group = RaftGroup.valueOf(GROUP, peers(settings));
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-" + settings.self()).factory());
  }

  private static List<RaftPeer> peers(LogSettings settings) {
    if (settings.voters().isEmpty()) {
      return List.of(RaftPeer.newBuilder().setId(settings.self()).setAddress("alone:0").build());
    }
    return settings.voters().entrySet().stream().map(RatisLog::peer).toList();
  }

  private static RaftPeer peer(Map.Entry<String, Endpoint> voter) {
    return RaftPeer.newBuilder()
        .setId(voter.getKey())
        .setAddress(voter.getValue().toString())
        .build();
  }

  /** Opens the log and hands what it holds to the state; a failure is tried again later. */
  public synchronized void start() {
    if (closed) {
      return;
    }
    try {
      open();
    } catch (IOException | RuntimeException e) {
      failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void open() throws IOException {
    Files.createDirectories(settings.folder());
    RaftServer opened =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(settings.self()))
            .setGroup(group)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setProperties(properties)
            .setParameters(parameters)
            .setStateMachine(new LogStateMachine(state, this::failed))
            .build();
    try {
      opened.start();
    } catch (IOException | RuntimeException e) {
      closeQuietly(opened);
      throw e;
    }
    if (!settings.isAlone() && others == null) {
      RaftClientRpc rpc = new GrpcFactory(parameters).newRaftClientRpc(client, properties);
      rpc.addRaftPeers(group.getPeers());
      others = rpc;
    }
    server = opened;
    problem = "";
  }

  /** Closes what is left and opens it again later; once, however often it is told. */
  private void failed(String why) {
    problem = why;
    if (closed || !reopening.compareAndSet(false, true)) {
      return;
    }
    LOG.error(
        "registrations are refused, DNS goes on; the log in {} is opened again in {} s: {}",
        settings.folder(),
        REOPEN_SECONDS,
        why);
    try {
      var _ = clock.schedule(this::reopen, REOPEN_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the log stays closed: the node is stopping");
    }
  }

  private synchronized void reopen() {
    closeServer();
    reopening.set(false);
    if (!closed) {
      start();
      if (problem.isEmpty()) {
        LOG.info("the log in {} is open again", settings.folder());
      }
    }
  }

  @Override
  public CompletableFuture<Accepted> submit(ByteString command) {
    if (command.size() > LogProperties.MAX_COMMAND_OCTETS) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "registration of "
                  + command.size()
                  + " octets (expected at most "
                  + LogProperties.MAX_COMMAND_OCTETS
                  + ")"));
    }
    if (closed || !problem.isEmpty()) {
      return CompletableFuture.failedFuture(
          new LogUnavailableException("this node takes no registrations now: " + problem));
    }
    RaftClientRequest.Builder request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setGroupId(GROUP)
            .setCallId(calls.incrementAndGet())
            .setMessage(LogStateMachine.message(command))
            .setType(RaftClientRequest.writeRequestType());
    return new Submission(request, this::toLeader, settings.patience(), clock).start();
  }

  private @Nullable CompletableFuture<RaftClientReply> toLeader(RaftClientRequest.Builder request)
      throws IOException {
    RaftServer here = server;
    RaftPeerId leader = here == null ? null : here.getDivision(GROUP).getInfo().getLeaderId();
    if (here == null || leader == null) {
      return null;
    }
    RaftClientRequest sent = request.setServerId(leader).build();
    if (leader.equals(here.getId())) {
      return here.submitClientRequestAsync(sent);
    }
    RaftClientRpc rpc = others;
    if (rpc == null) {
      return null;
    }
    return rpc.sendRequestAsyncUnordered(sent)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            rpc.handleException(leader, failure, true);
          }
        });
  }

  @Override
  public LogStatus status() {
    List<String> voters = group.getPeers().stream().map(peer -> peer.getId().toString()).toList();
    RaftServer here = server;
    if (here == null || !problem.isEmpty()) {
      return LogStatus.broken(voters, problem);
    }
    try {
      RaftServer.Division division = here.getDivision(GROUP);
      DivisionInfo seen = division.getInfo();
      return new LogStatus(
          division.getRaftConf().getCurrentPeers().stream()
              .map(peer -> peer.getId().toString())
              .sorted()
              .toList(),
          seen.getLeaderId() == null ? "" : seen.getLeaderId().toString(),
          seen.getCurrentTerm(),
          seen.getLastAppliedIndex(),
          "");
    } catch (IOException e) {
      return LogStatus.broken(voters, e.toString());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    problem = "the node is stopping";
    clock.shutdownNow();
    RaftClientRpc rpc = others;
    if (rpc != null) {
      try {
        rpc.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    closeServer();
  }

  private void closeServer() {
    RaftServer open = server;
    server = null;
    if (open != null) {
      closeQuietly(open);
    }
  }

  private static void closeQuietly(RaftServer open) {
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the log did not close in order: {}", e.toString());
    }
  }
}
