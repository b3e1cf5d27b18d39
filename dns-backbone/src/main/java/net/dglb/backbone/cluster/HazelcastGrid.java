package net.dglb.backbone.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
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

  private final ClusterSettings settings;
  private final Timeline timeline;
  private final Map<String, HazelcastMap> maps = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("dglb-grid").unstarted(task));
  private volatile @Nullable HazelcastInstance instance;
  private volatile String problem = "";

  /** Does nothing before {@link #start}. */
  public HazelcastGrid(ClusterSettings settings, Timeline timeline) {
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
  public static Map<String, Object> tree(Optional<HazelcastGrid> grid) {
    return grid.<Map<String, Object>>map(
            it -> Map.of("enabled", true, "members", it.members(), "problem", it.problem()))
        .orElse(Map.of("enabled", false));
  }

  /** Leaves the cluster; waits a few seconds for it. */
  @Override
  public void close() {
    run(() -> {
      HazelcastInstance running = instance;
      instance = null;
      if (running != null) {
        running.shutdown();
      }
    });
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
    // Its factory logs before it reads any configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    try {
      BindFailure.probe("TCP", settings.listen());
      HazelcastInstance started = Hazelcast.newHazelcastInstance(GridConfig.of(settings));
      started.getCluster().addMembershipListener(new Members());
      started.getLifecycleService().addLifecycleListener(this::lifecycle);
      instance = started;
      problem = "";
      maps.values().forEach(map -> map.connect(started));
      hintAll();
      LOG.info("cluster {} joined at {}: {}", settings.name(), settings.listen(), members());
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
    try {
      var _ = thread.schedule(this::startMember, RETRY_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the grid is stopping");
    }
  }

  private void lifecycle(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
      LOG.info("cluster {} merged after a split; every map is read again", settings.name());
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
