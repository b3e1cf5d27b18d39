package net.dglb.lb.announce;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last announcement version on disk: written before it is used. */
public final class VersionStore {

  private static final Logger LOG = LoggerFactory.getLogger(VersionStore.class);
  private static final String KEY = "version";

  private final Map<String, byte[]> map;
  private final Runnable commit;

  /**
   * Uses a durable map.
   *
   * @param commit makes what was put into it durable
   */
  public VersionStore(Map<String, byte[]> map, Runnable commit) {
    this.map = map;
    this.commit = commit;
  }

  AnnouncementVersion load() {
    byte[] saved = map.get(KEY);
    if (saved == null) {
      return AnnouncementVersion.NONE;
    }
    try {
      return AnnouncementVersion.fromWire(Version.parseFrom(saved));
    } catch (InvalidProtocolBufferException | MalformedMessageException e) {
      LOG.warn("the saved announcement version is not readable; the backbone knows the last one");
      return AnnouncementVersion.NONE;
    }
  }

  void save(AnnouncementVersion version) {
    map.put(KEY, version.toWire().toByteArray());
    commit.run();
  }
}
