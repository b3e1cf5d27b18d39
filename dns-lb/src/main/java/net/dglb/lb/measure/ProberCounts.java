package net.dglb.lb.measure;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireProbers;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many load balancers probe the sites of services that cap their probes, this one among them:
 * the highest number of what the backbone's nodes said last, kept on disk. Used on the control
 * thread only.
 */
public final class ProberCounts implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(ProberCounts.class);

  private final Map<String, byte[]> map;
  private final Runnable commit;
  private final Runnable onChange;
  private final Map<DomainName, Integer> counts = new HashMap<>();

  /** By service and backbone node, of open sessions. */
  private final Map<DomainName, Map<String, Integer>> said = new HashMap<>();

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param commit makes what was put into it durable
   * @param onChange is called after each change
   */
  public ProberCounts(Map<String, byte[]> map, Runnable commit, Runnable onChange) {
    this.map = map;
    this.commit = commit;
    this.onChange = onChange;
    map.forEach(this::restore);
  }

  private void restore(String service, byte[] count) {
    try {
      int kept = Integer.parseInt(new String(count, StandardCharsets.US_ASCII));
      counts.put(DomainName.of(service), Math.max(1, kept));
    } catch (IllegalArgumentException e) {
      LOG.warn("the saved number of probers of \"{}\" is left out: {}", service, e.getMessage());
    }
  }

  /** How many probe the sites of a service; 1 if nobody said. */
  public int of(DomainName service) {
    return counts.getOrDefault(service, 1);
  }

  @Override
  public void opened(Session session) {}

  @Override
  public void received(Session session, Frame frame) {
    if (!frame.hasProbers()) {
      return;
    }
    try {
      Map<DomainName, Integer> news = WireProbers.fromWire(frame.getProbers());
      news.forEach((service, count) ->
          said.computeIfAbsent(service, _ -> new HashMap<>()).put(session.peer().id(), count));
      take(news.keySet());
    } catch (MalformedMessageException e) {
      session.refuse(frame, e);
    }
  }

  /** What a node said counts no more once others have said something; alone it stands. */
  @Override
  public void closed(Session session, String why) {
    Set<DomainName> told = new HashSet<>();
    said.forEach((service, byNode) -> {
      if (byNode.remove(session.peer().id()) != null && !byNode.isEmpty()) {
        told.add(service);
      }
    });
    take(told);
    said.values().removeIf(Map::isEmpty);
  }

  private void take(Set<DomainName> services) {
    boolean changed = false;
    for (DomainName service : services) {
      int highest =
          said.getOrDefault(service, Map.of()).values().stream()
              .mapToInt(it -> it)
              .max()
              .orElseThrow();
      if (!Integer.valueOf(highest).equals(counts.put(service, highest))) {
        changed = true;
        map.put(service.toString(), Integer.toString(highest).getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (changed) {
      commit.run();
      onChange.run();
    }
  }

  /**
   * Forgets all other services, but for those of which open sessions say something: that comes
   * before the first duty.
   */
  void keep(Set<DomainName> services) {
    if (counts.keySet().removeIf(it -> !services.contains(it) && !said.containsKey(it))) {
      for (String key : Set.copyOf(map.keySet())) {
        if (!counts.containsKey(DomainName.of(key))) {
          map.remove(key);
        }
      }
      commit.run();
    }
  }
}
