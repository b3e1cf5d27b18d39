package net.dglb.backbone.registry.log;

import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.OwnerOnly;
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
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consensus log by Apache Ratis: Raft between the voters over gRPC and TLS, or alone without a
 * network. A log that fails, for example because the disk is full, is opened again after pauses
 * that grow; commands are refused meanwhile.
 */
public final class RatisLog implements ConsensusLog {

  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);
  private static final Duration HAND_OVER = Duration.ofSeconds(5);
  private static final Duration REPLY_MARGIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(60);
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(
          UUID.nameUUIDFromBytes("dglb registry".getBytes(StandardCharsets.US_ASCII)));

  private volatile LogSettings settings;
  private final LoggedState state;
  private final Parameters parameters;
  private RaftProperties properties;
  private RaftGroup group;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger handOvers = new AtomicInteger();
  private volatile OtherVoters others;
  private final Reopening reopening;
  private final AtomicBoolean reopeningDue = new AtomicBoolean();
  private final ScheduledExecutorService clock;
  private volatile @Nullable RaftServer server;
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
    reopening = new Reopening(settings.folder(), new Random(), System::nanoTime);
    properties = LogProperties.of(settings);
    parameters =
        GrpcFactory.newRaftParameters(
            new GrpcTlsConfig(identity.keyManager(), identity.trust(NodeRole.BACKBONE), true));
    group = Voters.group(GROUP, settings);
    others = new OtherVoters(client, parameters, properties);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-" + settings.self()).factory());
    var _ = clock.scheduleWithFixedDelay(this::lookAfter, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * A log ends by itself when the others removed this node, or when a snapshot cannot be made: it
   * is opened again. One whose disk is nearly full is closed.
   */
  private void lookAfter() {
    reopening.look();
    RaftServer here = server;
    try {
      if (here != null && problem.isEmpty() && !here.getDivision(GROUP).getInfo().isAlive()) {
        failed("the log ended by itself: this node was removed, or the lines before say why");
      }
      if (here != null && problem.isEmpty()) {
        DiskRoom.require(settings.folder());
      }
    } catch (IOException | RuntimeException e) {
      failed(WhyClosed.text(e, settings));
    }
    if (here != null && problem.isEmpty()) {
      reconnect(here);
    }
  }

  private static void reconnect(RaftServer here) {
    try {
      Reconnecting.now(here, Voters.now(here.getDivision(GROUP)));
    } catch (IOException | RuntimeException e) {
      LOG.debug("the others are tried again later", e);
    }
  }

  /**
   * Takes part by other settings from now on. If more than the patience is another, the log is
   * closed for that and opened again, and commands wait meanwhile.
   *
   * @throws IOException if it could not listen there; then it goes on as before
   */
  public void use(LogSettings next) throws IOException {
    LogSettings before = settings;
    LogSettings wanted = before.with(next);
    if (!wanted.listen().equals(before.listen()) && wanted.listen().isPresent()) {
      BindFailure.probe("TCP", wanted.listen().get());
    }
    settings = wanted;
    if (!wanted.isLike(before) && !closed) {
      clock.execute(() -> openAnew(wanted));
    }
  }

  private synchronized void openAnew(LogSettings wanted) {
    if (!closed) {
      closeServer();
      closeQuietly(others);
      properties = LogProperties.of(wanted);
      group = Voters.group(GROUP, wanted);
      others = new OtherVoters(client, parameters, properties);
      start();
    }
  }

  /** Opens the log and hands what it holds to the state; a failure is tried again later. */
  public synchronized void start() {
    if (closed) {
      return;
    }
    try {
      open();
    } catch (IOException | RuntimeException e) {
      failed(WhyClosed.text(e, settings));
    }
  }

  private void open() throws IOException {
    OwnerOnly.folder(settings.folder());
    DiskRoom.require(settings.folder());
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
    server = opened;
    problem = "";
    LogStatus status = status();
    reopening.opened(status.problem());
    Voters.otherAddress(status.voters(), settings).ifPresent(LOG::warn);
  }

  /** Closes what is left at once and opens it again later; once, however often it is told. */
  private void failed(String why) {
    problem = why;
    if (closed || !reopeningDue.compareAndSet(false, true)) {
      return;
    }
    Duration pause = reopening.failed(why);
    try {
      clock.execute(this::closeServer);
      var _ = clock.schedule(this::reopen, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the log stays closed: the node is stopping");
    }
  }

  private synchronized void reopen() {
    closeServer();
    reopeningDue.set(false);
    if (!closed) {
      reopening.again();
      start();
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
    String why = status().problem();
    if (!why.isEmpty()) {
      return CompletableFuture.failedFuture(
          new LogUnavailableException("this node takes no registrations now: " + why));
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
    return others.send(sent, leader, Voters.now(here.getDivision(GROUP)));
  }

  @Override
  public CompletableFuture<Void> add(String id, Endpoint endpoint) {
    return change(VoterChange.Wanted.added(id, endpoint));
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return change(VoterChange.Wanted.removed(id));
  }

  private CompletableFuture<Void> change(VoterChange.Wanted wanted) {
    if (settings.isAlone()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "this node decides alone and no other can reach it (expected: registry.peers with"
                  + " its own endpoint)"));
    }
    String why = status().problem();
    if (!why.isEmpty()) {
      return CompletableFuture.failedFuture(
          new LogUnavailableException("this node takes no registrations now: " + why));
    }
    Optional<String> elsewhere = Voters.otherAddress(status().voters(), settings);
    if (elsewhere.isPresent()) {
      return CompletableFuture.failedFuture(new IllegalArgumentException(elsewhere.get()));
    }
    return new VoterChange(this::replaceVoters, this::settledVoters, wanted, clock).start();
  }

  private @Nullable RaftClientReply replaceVoters(UnaryOperator<List<RaftPeer>> change)
      throws IOException {
    RaftServer here = server;
    RaftPeerId leader = here == null ? null : here.getDivision(GROUP).getInfo().getLeaderId();
    if (here == null || leader == null) {
      return null;
    }
    List<RaftPeer> before = Voters.now(here.getDivision(GROUP));
    List<RaftPeer> after = change.apply(new ArrayList<>(before));
    if (after.stream().noneMatch(peer -> peer.getId().equals(leader))) {
      // A leader that is removed may never end: another one leads first; one that is dead cannot.
      RaftPeerId next = after.get(handOvers.getAndIncrement() % after.size()).getId();
      handOver(here, leader, next, before);
      throw new IOException(leader + " leads and is to go; " + next + " was asked to lead");
    }
    SetConfigurationRequest request =
        new SetConfigurationRequest(
            client,
            leader,
            GROUP,
            calls.incrementAndGet(),
            SetConfigurationRequest.Arguments.newBuilder()
                .setServersInCurrentConf(before)
                .setServersInNewConf(after)
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .build());
    return leader.equals(here.getId())
        ? here.setConfiguration(request)
        : others.change(request, before, LONGEST_CHANGE);
  }

  private void handOver(RaftServer here, RaftPeerId leader, RaftPeerId next, List<RaftPeer> voters)
      throws IOException {
    TransferLeadershipRequest request =
        new TransferLeadershipRequest(
            client, leader, GROUP, calls.incrementAndGet(), next, HAND_OVER.toMillis());
    // Whoever hands over may forget the reply: then somebody else leads already.
    var _ =
        leader.equals(here.getId())
            ? here.transferLeadership(request)
            : others.change(request, voters, HAND_OVER.plus(REPLY_MARGIN));
  }

  /** Those that no change under way is about to replace; none if that is not known now. */
  private List<RaftPeer> settledVoters() {
    RaftServer here = server;
    try {
      return here != null && here.getDivision(GROUP).getRaftConf().getPreviousPeers().isEmpty()
          ? Voters.now(here.getDivision(GROUP))
          : List.of();
    } catch (IOException | RuntimeException e) {
      return List.of(); // one that ends by itself at this moment refuses to be read
    }
  }

  @Override
  public LogStatus status() {
    RaftServer here = server;
    if (here == null || !problem.isEmpty()) {
      return LogStatus.broken(problem, reopening.count());
    }
    try {
      RaftServer.Division division = here.getDivision(GROUP);
      DivisionInfo seen = division.getInfo();
      List<LogStatus.Voter> voters = Voters.of(division, Voters.now(division));
      return new LogStatus(
          voters,
          seen.getLeaderId() == null ? "" : seen.getLeaderId().toString(),
          seen.getCurrentTerm(),
          seen.getLastAppliedIndex(),
          reopening.count(),
          Voters.whyOutside(voters, settings));
    } catch (IOException | RuntimeException e) {
      // One that ends by itself at this moment refuses to be read.
      return LogStatus.broken("the log is closing: " + e, reopening.count());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    problem = "the node is stopping";
    // What waits to be asked again is asked once more, and told that the node stops.
    clock.shutdown();
    closeQuietly(others);
    closeServer();
  }

  private synchronized void closeServer() {
    RaftServer open = server;
    server = null;
    if (open != null) {
      closeQuietly(open);
    }
  }

  private static void closeQuietly(Closeable open) {
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the log did not close in order: {}", e.toString());
    }
  }
}
