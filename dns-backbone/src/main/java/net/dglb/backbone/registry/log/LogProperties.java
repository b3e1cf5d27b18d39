package net.dglb.backbone.registry.log;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** What Ratis is told. */
final class LogProperties {

  /** The longest command, in octets. */
  static final int MAX_COMMAND_OCTETS = 4 << 20;

  private static final int BUFFER_OCTETS = 2 * MAX_COMMAND_OCTETS;
  private static final SizeInBytes PREALLOCATED = SizeInBytes.valueOf(64 << 10);
  private static final SizeInBytes SEGMENT = SizeInBytes.valueOf(16 << 20);

  /** Commands between snapshots. */
  private static final long SNAPSHOT_EVERY = 1_000;

  /** A new voter may be this many commands behind when it begins to count. */
  private static final int CATCH_UP_GAP = 10;

  /** A new voter that is not heard for this long is not let in. */
  private static final TimeDuration SILENT_NEWCOMER = TimeDuration.valueOf(10, TimeUnit.SECONDS);

  private LogProperties() {}

  static RaftProperties of(LogSettings settings) {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(settings.folder().toFile()));
    RaftServerConfigKeys.setStagingCatchupGap(properties, CATCH_UP_GAP);
    RaftServerConfigKeys.setStagingTimeout(properties, SILENT_NEWCOMER);
    log(properties);
    snapshots(properties);
    times(properties, settings);
    transport(properties, settings);
    return properties;
  }

  private static void log(RaftProperties properties) {
    // Every command is on disk before it counts: force-sync after each batch of writes is the
    // default, and neither of the unsafe flush modes is on.
    RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
    RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, PREALLOCATED);
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SEGMENT);
    SizeInBytes buffer = SizeInBytes.valueOf(BUFFER_OCTETS);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, buffer);
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(BUFFER_OCTETS + 64));
  }

  private static void snapshots(RaftProperties properties) {
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
    RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, SNAPSHOT_EVERY);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
  }

  private static void times(RaftProperties properties, LogSettings settings) {
    TimeDuration shortest = millis(settings.electionTimeout().toMillis());
    TimeDuration longest = millis(2 * settings.electionTimeout().toMillis());
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, shortest);
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, longest);
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(50));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(250));
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, longest);
    RaftServerConfigKeys.Rpc.setSlownessTimeout(properties, TimeDuration.ONE_MINUTE);
  }

  private static void transport(RaftProperties properties, LogSettings settings) {
    if (settings.isAlone()) {
      properties.set(RaftConfigKeys.Rpc.TYPE_KEY, AloneRpc.class.getName());
      return;
    }
    RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
    settings
        .listen()
        .ifPresent(listen -> {
          GrpcConfigKeys.Server.setHost(properties, listen.address().getHostAddress());
          GrpcConfigKeys.Server.setPort(properties, listen.port());
        });
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
