package net.dglb.lb.operate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.said.Sayings;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.SitesSaid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators said for the whole network, as the backbone agreed on it: the highest version that
 * any of its nodes told, kept on disk. Used on the control thread only.
 */
public final class NetworkSayingsKept implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkSayingsKept.class);
  private static final String KEY = "all";

  private final Map<String, byte[]> map;
  private final Runnable commit;
  private final Runnable onChange;
  private final Map<Session, WireSayings> incoming = new HashMap<>();
  private NetworkSayings said = NetworkSayings.NONE;

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param commit makes what was put into it durable
   * @param onChange is called after each change
   */
  public NetworkSayingsKept(Map<String, byte[]> map, Runnable commit, Runnable onChange) {
    this.map = map;
    this.commit = commit;
    this.onChange = onChange;
    byte[] kept = map.get(KEY);
    if (kept != null) {
      try {
        said = WireSayings.fromWire(SitesSaid.parseFrom(kept));
      } catch (InvalidProtocolBufferException | MalformedMessageException e) {
        LOG.warn("what was said of sites in the network is not readable: {}", e.getMessage());
      }
    }
  }

  /** All that counts. */
  Sayings current() {
    return said.sayings();
  }

  /** Its version, for people. */
  long version() {
    return said.version();
  }

  @Override
  public void opened(Session session) {
    incoming.put(session, new WireSayings());
  }

  @Override
  public void received(Session session, Frame frame) {
    WireSayings pages = incoming.get(session);
    if (!frame.hasSitesSaid() || pages == null) {
      return;
    }
    try {
      Optional<NetworkSayings> whole = pages.add(frame.getSitesSaid());
      whole.filter(it -> it.version() > said.version()).ifPresent(this::take);
    } catch (MalformedMessageException e) {
      session.refuse(frame, e);
    }
  }

  @Override
  public void closed(Session session, String why) {
    incoming.remove(session);
  }

  private void take(NetworkSayings next) {
    boolean changes = !next.sayings().equals(said.sayings());
    said = next;
    map.put(KEY, WireSayings.whole(next).toByteArray());
    commit.run();
    if (changes) {
      LOG.info(
          "{} sayings about sites are in force in the network, version {}",
          next.sayings().all().size(),
          next.version());
      onChange.run();
    }
  }
}
