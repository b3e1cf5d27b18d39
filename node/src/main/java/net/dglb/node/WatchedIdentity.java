package net.dglb.node;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.PeerIdentity;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a node's renewed certificate into use, and other files that its configuration names. Files
 * that cannot be used leave the old certificate in use and are reported. Belongs to the control
 * thread.
 */
public final class WatchedIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedIdentity.class);

  private final PeerIdentity self;
  private final Timeline timeline;
  private final Duration interval;

  /** Kept also while the configuration names none, since connections were made with it. */
  private @Nullable NodeIdentity held;

  private Optional<NodeIdentity> current;
  private String problem = "";
  private Cancellable watching = () -> {};

  /**
   * Reads nothing yet.
   *
   * @param self who the node is
   * @param identity what it has, if it has one
   * @param interval how often its files are looked at
   */
  public WatchedIdentity(
      PeerIdentity self, Optional<NodeIdentity> identity, Timeline timeline, Duration interval) {
    this.self = self;
    this.held = identity.orElse(null);
    this.current = identity;
    this.timeline = timeline;
    this.interval = interval;
  }

  /** What the node has now. */
  public Optional<NodeIdentity> current() {
    return current;
  }

  /** Looks at the files from now on. */
  public void watch() {
    watching.cancel();
    watching =
        current
            .map(had -> new FileWatcher(timeline, interval).watch(had.files().all(), _ -> read()))
            .orElse(() -> {});
  }

  /**
   * Takes other files, or none, and looks at these from now on.
   *
   * @throws IOException if they cannot be used; the old certificate stays
   */
  public void use(Optional<IdentityFiles> files) throws IOException {
    try {
      current = files.isEmpty() ? Optional.empty() : Optional.of(taken(files.get()));
    } catch (IdentityException e) {
      throw new IOException(e.getMessage(), e);
    }
    problem = "";
    watch();
    current.ifPresent(had -> LOG.info("the certificate is another one; it ends {}", had.expires()));
  }

  private NodeIdentity taken(IdentityFiles files) throws IdentityException {
    NodeIdentity had = held;
    if (had == null) {
      had = NodeIdentity.load(files, timeline.now()).require(self.role(), self.id());
      held = had;
    } else {
      had.use(files, timeline.now());
    }
    return had;
  }

  /** Reads the files now. */
  public void read() {
    current.ifPresent(this::read);
  }

  private void read(NodeIdentity had) {
    try {
      had.reload(timeline.now());
      problem = "";
      LOG.info("the certificate is read again; it ends {}", had.expires());
    } catch (IdentityException e) {
      problem = String.valueOf(e.getMessage());
      LOG.error("{} (the old certificate stays in use)", problem);
    }
  }

  /** What is wrong with the files; nothing if they are in use. */
  public List<String> problems() {
    return problem.isEmpty() ? List.of() : List.of(problem);
  }
}
