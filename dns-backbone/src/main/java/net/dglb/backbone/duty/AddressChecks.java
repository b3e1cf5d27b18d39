package net.dglb.backbone.duty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees for itself that load balancers answer DNS: a living session does not prove that port 53
 * works. Each is told a random text, and then asked for it on every address over UDP and TCP; again
 * after each interval. Lives on the control thread.
 */
public final class AddressChecks implements AddressTrust {

  private static final Logger LOG = LoggerFactory.getLogger(AddressChecks.class);
  private static final int NONCE_OCTETS = 16;

  /** How many timeouts a load balancer has for saying that it answers. */
  private static final int PATIENCE = 3;

  /** Tells a load balancer what to answer, over this node's session; false if there is none. */
  @FunctionalInterface
  public interface Order {

    /** Sends the name and the text that the load balancer is to answer there. */
    boolean send(String loadBalancer, DomainName name, String text);
  }

  private LabelSettings settings;
  private final DomainName parent;
  private final Order order;
  private final AddressProbe probe;
  private final RandomGenerator random;
  private final Timeline timeline;
  private final Runnable changed;
  private final Map<String, CheckState> states = new HashMap<>();
  private final Map<String, StoredAnnouncement> announcements = new HashMap<>();
  private final Map<String, String> failures = new TreeMap<>();
  private final Set<String> trusted;

  /**
   * Starts with nothing under way.
   *
   * @param parent the name below which the names of checks stand
   * @param trusted load balancers that were verified before the node started
   * @param changed is called when a load balancer becomes trusted or is no longer
   */
  public AddressChecks(
      LabelSettings settings,
      DomainName parent,
      Order order,
      AddressProbe probe,
      RandomGenerator random,
      Timeline timeline,
      Collection<String> trusted,
      Runnable changed) {
    this.settings = settings;
    this.parent = parent;
    this.order = order;
    this.probe = probe;
    this.random = random;
    this.timeline = timeline;
    this.trusted = new HashSet<>(trusted);
    this.changed = changed;
  }

  /** Checks by other settings from now on, all anew. */
  public void use(LabelSettings next) {
    settings = next;
    states.values().removeIf(CheckState.Waiting.class::isInstance);
  }

  @Override
  public boolean isTrusted(String loadBalancer) {
    return trusted.contains(loadBalancer);
  }

  @Override
  public boolean isFailing(String loadBalancer) {
    return failures.containsKey(loadBalancer);
  }

  /** Why load balancers are not trusted, by id; for the status tree. */
  public Map<String, String> failures() {
    return new TreeMap<>(failures);
  }

  /** Takes the load balancers as they are now; changed addresses are checked at once. */
  public void world(Collection<LoadBalancer> all) {
    for (LoadBalancer lb : all) {
      StoredAnnouncement before = announcements.put(lb.id(), lb.announcement());
      if (before != null && !before.addresses().equals(lb.addresses())) {
        trusted.remove(lb.id());
        states.remove(lb.id());
      }
    }
  }

  /** A session with this load balancer began: it is checked at once. */
  public void connected(String loadBalancer) {
    states.remove(loadBalancer);
  }

  /** Begins the checks that are due and gives up those that hang. Called now and then. */
  public void tick() {
    announcements.forEach((id, announcement) -> {
      if (!announcement.addresses().isEmpty()) {
        step(id);
      }
    });
  }

  /** The load balancer says that it answers the text at this name. */
  public void acknowledged(String id, DomainName name) {
    StoredAnnouncement announcement = announcements.get(id);
    if (announcement == null
        || !(states.get(id) instanceof CheckState.Announced check)
        || !check.name().equals(name)) {
      return;
    }
    states.put(id, new CheckState.Asking(name, announcement.addresses().size() * 2));
    for (InetAddress address : announcement.addresses()) {
      for (boolean tcp : new boolean[] {false, true}) {
        probe.ask(
            address,
            announcement.announcement().dnsPort(),
            tcp,
            name,
            check.text(),
            problem -> answered(id, name, problem));
      }
    }
  }

  private void step(String id) {
    long now = timeline.nanoTime();
    CheckState state = states.getOrDefault(id, new CheckState.Waiting(now));
    if (state instanceof CheckState.Waiting waiting && waiting.dueNanos() - now <= 0) {
      announce(id, now);
    } else if (state instanceof CheckState.Announced check
        && now - check.sinceNanos() > settings.checkTimeout().toNanos() * PATIENCE) {
      failed(id, "it did not say that it answers " + check.name());
    }
  }

  private void announce(String id, long now) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    String text = HexFormat.of().formatHex(nonce);
    DomainName name = parent.child(text);
    if (order.send(id, name, text)) {
      states.put(id, new CheckState.Announced(name, text, now));
    }
  }

  private void answered(String id, DomainName name, Optional<String> problem) {
    if (!(states.get(id) instanceof CheckState.Asking asking) || !asking.name().equals(name)) {
      return;
    }
    if (problem.isPresent()) {
      failed(id, problem.get());
    } else if (asking.open() > 1) {
      states.put(id, new CheckState.Asking(name, asking.open() - 1));
    } else {
      again(id, settings.checkInterval());
      failures.remove(id);
      if (trusted.add(id)) {
        LOG.info("{} answers DNS on all its addresses", id);
        changed.run();
      }
    }
  }

  private void failed(String id, String why) {
    again(id, settings.dutyRetry());
    if (!why.equals(failures.put(id, why))) {
      LOG.warn("{} does not answer DNS as it should: {}", id, why);
    }
    if (trusted.remove(id)) {
      changed.run();
    }
  }

  private void again(String id, Duration delay) {
    states.put(id, new CheckState.Waiting(timeline.nanoTime() + delay.toNanos()));
  }
}
