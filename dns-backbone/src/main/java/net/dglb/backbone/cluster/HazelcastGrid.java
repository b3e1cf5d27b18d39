package net.dglb.backbone.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.dglb.backbone.map.SharedMap;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's member of the Hazelcast cluster. All its work is done on one thread of its own, so
 * that a grid that hangs, or never starts, holds nobody up. Every method may be called from any
 * thread and returns at once.
 */
public final class HazelcastGrid implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastGrid.class);
  private static final int RETRY_SECONDS = 5;
  private static final int STOP_SECONDS = 10;

  private final Timeline timeline;
  private final Map<String, HazelcastMap> maps = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("dglb-grid").unstarted(task));
  private volatile Optional<ClusterSettings> settings;
  private volatile @Nullable HazelcastInstance instance;
  private boolean retryPlanned;
  private volatile String problem = "";

  /**
   * Does nothing before {@link #start}.
   *
   * @param settings empty for a node that stands alone: its maps are always away
   */
  public HazelcastGrid(Optional<ClusterSettings> settings, Timeline timeline) {
    this.settings = settings;
    this.timeline = timeline;
  }

  /** The shared map of a name; always the same one for the same name. */
  public SharedMap map(String name) {
    return maps.computeIfAbsent(name, _ -> new HazelcastMap(name, this::run, timeline));
  }

  /** Starts the member in the background, again and again until it succeeds. */
  public void start() {
    run(this::startMember);
  }

  /**
   * Takes part by other settings from now on, or not at all: leaves the cluster for that and joins
   * again in the background; this node's tables go on meanwhile.
   *
   * @throws IOException if it could not listen there; then it goes on as before
   */
  public void use(Optional<ClusterSettings> next) throws IOException {
    Optional<Endpoint> before = settings.map(ClusterSettings::listen);
    if (next.isPresent() && !before.equals(Optional.of(next.get().listen()))) {
      BindFailure.probe("TCP", next.get().listen());
    }
    run(() -> {
      leave();
      settings = next;
      startMember();
    });
  }

  private void leave() {
    HazelcastInstance running = instance;
    instance = null;
    problem = "";
    maps.values().forEach(HazelcastMap::disconnect);
    if (running != null) {
      running.shutdown();
    }
  }

  /** The members that this node sees, itself included; empty while the grid is away. */
  public List<String> members() {
    HazelcastInstance running = instance;
    if (running == null || !running.getLifecycleService().isRunning()) {
      return List.of();
    }
    return running.getCluster().getMembers().stream()
        .map(member -> member.getAddress().getHost() + ":" + member.getAddress().getPort())
        .toList();
  }

  /** Why the grid is away; empty if it is not. */
  public String problem() {
    return problem;
  }

  /** How it stands, for the status. */
  public Map<String, Object> tree() {
    return settings.isPresent()
        ? Map.of("enabled", true, "members", members(), "problem", problem())
        : Map.of("enabled", false);
  }

  /** Leaves the cluster; waits a few seconds for it. */
  @Override
  public void close() {
    run(this::leave);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
        HazelcastInstance hanging = instance;
        if (hanging != null) {
          hanging.getLifecycleService().terminate();
        }
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable task) {
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          LOG.warn("the grid failed, the node goes on with its own tables: {}", e.toString());
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("the grid is stopping");
    }
  }

  private void startMember() {
    if (settings.isPresent() && instance == null) {
      startMember(settings.get());
    }
  }

  private void startMember(ClusterSettings wanted) {
    // Its factory logs before it reads any configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    try {
      BindFailure.probe("TCP", wanted.listen());
      HazelcastInstance started = Hazelcast.newHazelcastInstance(GridConfig.of(wanted));
      started.getCluster().addMembershipListener(new Members());
      started.getLifecycleService().addLifecycleListener(event -> lifecycle(wanted, event));
      instance = started;
      problem = "";
      maps.values().forEach(map -> map.connect(started));
      hintAll();
      LOG.info("cluster {} joined at {}: {}", wanted.name(), wanted.listen(), members());
    } catch (BindFailure e) {
      startLater(String.valueOf(e.at("cluster.address").getMessage()));
    } catch (RuntimeException e) {
      startLater(e.toString());
    }
  }

  /** Says a lasting problem once. */
  private void startLater(String why) {
    if (!why.equals(problem)) {
      problem = why;
      LOG.error(
          "the grid does not start: {}; the node serves from its journal and tries again every {}"
              + " s",
          why,
          RETRY_SECONDS);
    }
    retryLater();
  }

  private void retryLater() {
    if (retryPlanned) {
      return;
    }
    retryPlanned = true;
    try {
      var _ = thread.schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the grid is stopping");
    }
  }

  private void retry() {
    retryPlanned = false;
    startMember();
  }

  private void lifecycle(ClusterSettings wanted, LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
      LOG.info("cluster {} merged after a split; every map is read again", wanted.name());
      hintAll();
    }
  }

  private void hintAll() {
    maps.values().forEach(HazelcastMap::hint);
  }

  private final class Members implements MembershipListener {

    @Override
    public void memberAdded(MembershipEvent event) {
      LOG.info("cluster member {} joined", event.getMember().getAddress());
      hintAll();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      LOG.info("cluster member {} is gone", event.getMember().getAddress());
      hintAll();
    }
  }
}
