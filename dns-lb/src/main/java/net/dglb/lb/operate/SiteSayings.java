package net.dglb.lb.operate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.lb.state.SavedMessages;
import net.dglb.lb.wire.SavedAdminState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators said of sites at this load balancer. Each is on disk before it counts, and stays
 * until it is taken back. Used on the control thread only.
 */
public final class SiteSayings {

  private static final Logger LOG = LoggerFactory.getLogger(SiteSayings.class);

  private final SavedMessages<SavedAdminState> saved;
  private final Runnable commit;
  private final InstantSource clock;
  private final Runnable onChange;
  private Sayings sayings = Sayings.NONE;

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
    kept.forEach(it -> sayings = sayings.with(it));
  }

  private static void restore(String key, SavedAdminState message, List<Saying> kept) {
    try {
      kept.add(fromSaved(message));
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
    sayings = sayings.with(saying);
    LOG.info("{} is {} by {}: {}", saying.pattern(), saying.stateWord(), who, why);
    changed();
  }

  /**
   * Takes back what was said with exactly this pattern.
   *
   * @return whether anything was
   */
  boolean takeBack(String pattern, String who, String why) {
    SitePattern exactly = SitePattern.parse(pattern);
    Sayings rest = sayings.without(exactly);
    if (rest.equals(sayings)) {
      return false;
    }
    sayings = rest;
    LOG.info("{} is by probes again, by {}: {}", exactly, who, why);
    changed();
    return true;
  }

  private void changed() {
    Map<String, SavedAdminState> messages = new LinkedHashMap<>();
    sayings.all().forEach(saying -> messages.put(saying.pattern().toString(), toSaved(saying)));
    saved.save(messages);
    commit.run();
    onChange.run();
  }

  /** All that counts. */
  Sayings current() {
    return sayings;
  }

  private static SavedAdminState toSaved(Saying saying) {
    return SavedAdminState.newBuilder()
        .setPattern(saying.pattern().toString())
        .setState(saying.stateWord())
        .setWho(saying.who())
        .setWhy(saying.why())
        .setSetEpochMillis(saying.since().toEpochMilli())
        .build();
  }

  private static Saying fromSaved(SavedAdminState saved) {
    return new Saying(
        SitePattern.parse(saved.getPattern()),
        Saying.state(saved.getState()),
        saved.getWho(),
        saved.getWhy(),
        Instant.ofEpochMilli(saved.getSetEpochMillis()));
  }
}
