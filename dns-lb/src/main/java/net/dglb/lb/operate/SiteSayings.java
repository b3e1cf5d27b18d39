package net.dglb.lb.operate;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.AdminState;
import net.dglb.decision.AdminStates;
import net.dglb.lb.state.SavedMessages;
import net.dglb.lb.wire.SavedAdminState;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators said of sites, newest last: the newest that matches a site counts. Each is on disk
 * before it counts, and stays until it is taken back. Used on the control thread only.
 */
public final class SiteSayings implements AdminStates {

  private static final Logger LOG = LoggerFactory.getLogger(SiteSayings.class);
  private static final int MAX = 1_000;

  private final SavedMessages<SavedAdminState> saved;
  private final Runnable commit;
  private final InstantSource clock;
  private final Runnable onChange;
  private final Map<SitePattern, Saying> sayings = new LinkedHashMap<>();

  /**
   * Takes back what was kept.
   *
   * @param map durable
   * @param commit makes what was put into it durable
   * @param onChange is called after each change
   */
  public SiteSayings(
      Map<String, byte[]> map, Runnable commit, InstantSource clock, Runnable onChange) {
    saved = new SavedMessages<>("admin state", map, SavedAdminState.parser());
    this.commit = commit;
    this.clock = clock;
    this.onChange = onChange;
    List<Saying> kept = new ArrayList<>();
    saved.load().forEach((key, message) -> restore(key, message, kept));
    kept.sort((a, b) -> a.since().compareTo(b.since()));
    kept.forEach(it -> sayings.put(it.pattern(), it));
  }

  private static void restore(String key, SavedAdminState message, List<Saying> kept) {
    try {
      kept.add(Saying.fromSaved(message));
    } catch (IllegalArgumentException e) {
      LOG.warn("the saved admin state \"{}\" is left out: {}", key, e.getMessage());
    }
  }

  /**
   * Says something of every site that the pattern matches, now and in future.
   *
   * @throws IllegalArgumentException if anything has another form than expected
   */
  void say(String pattern, String state, String who, String why) {
    Saying saying =
        new Saying(SitePattern.parse(pattern), Saying.state(state), who, why, clock.instant());
    if (!sayings.containsKey(saying.pattern()) && sayings.size() >= MAX) {
      throw new IllegalArgumentException(
          "pattern: " + MAX + " are in force (expected: take one back first)");
    }
    sayings.remove(saying.pattern());
    sayings.put(saying.pattern(), saying);
    LOG.info("{} is {} by {}: {}", saying.pattern(), saying.stateWord(), who, why);
    changed();
  }

  /**
   * Takes back what was said with exactly this pattern.
   *
   * @return whether anything was
   */
  boolean takeBack(String pattern, String who, String why) {
    @SuppressWarnings("NullAway") // Map.remove gives null for what is not there.
    Optional<Saying> removed = Optional.ofNullable(sayings.remove(SitePattern.parse(pattern)));
    removed.ifPresent(saying -> {
      LOG.info("{} is by probes again, by {}: {}", saying.pattern(), who, why);
      changed();
    });
    return removed.isPresent();
  }

  private void changed() {
    Map<String, SavedAdminState> messages = new LinkedHashMap<>();
    sayings.forEach((pattern, saying) -> messages.put(pattern.toString(), saying.toSaved()));
    saved.save(messages);
    commit.run();
    onChange.run();
  }

  /** All that counts, newest last. */
  List<Saying> all() {
    return List.copyOf(sayings.values());
  }

  @Override
  public Optional<AdminState> of(DomainName service, String siteId) {
    if (sayings.isEmpty()) {
      return Optional.empty();
    }
    Optional<AdminState> newest = Optional.empty();
    for (Saying saying : sayings.values()) {
      if (saying.pattern().matches(service, siteId)) {
        newest = Optional.of(saying.state());
      }
    }
    return newest;
  }
}
