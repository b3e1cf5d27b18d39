package net.dglb.node;

import java.util.List;
import java.util.Optional;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a node's renewed certificate into use. Files that cannot be used leave the old one in use
 * and are reported. Belongs to the control thread.
 */
public final class WatchedIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedIdentity.class);

  private final Optional<NodeIdentity> identity;
  private final Timeline timeline;
  private String problem = "";

  /** Reads nothing yet; without an identity it never does. */
  public WatchedIdentity(Optional<NodeIdentity> identity, Timeline timeline) {
    this.identity = identity;
    this.timeline = timeline;
  }

  /** Looks at the files from now on. */
  public void watch() {
    identity.ifPresent(held ->
        new FileWatcher(timeline, FileWatcher.DEFAULT_PERIOD)
            .watch(held.files().all(), _ -> read()));
  }

  /** Reads the files now. */
  public void read() {
    identity.ifPresent(this::read);
  }

  private void read(NodeIdentity held) {
    try {
      held.reload(timeline.now());
      problem = "";
      LOG.info("the certificate is read again; it ends {}", held.expires());
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
