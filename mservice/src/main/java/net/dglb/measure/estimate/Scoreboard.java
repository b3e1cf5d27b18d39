package net.dglb.measure.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import net.dglb.decision.Estimates;
import net.dglb.decision.SiteState;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Transfer;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.service.ProbeTarget;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of every target of a plan. Belongs to the control thread.
 *
 * <p>What was saved before the process started answers until the target's first own measurement,
 * marked as saved, and weighs in the averages by its age.
 */
public final class Scoreboard implements Estimates {

  private final Map<ProbeTarget, TargetScore> scores = new HashMap<>();

  /** The same by what is probed for them. */
  private final Map<ProbeTarget, Map<ProbeTarget, TargetScore>> sharing = new HashMap<>();

  private final Map<ProbeTarget, SiteState> saved = new HashMap<>();

  /** By what is probed: what serves a target of another time constant until its next probe. */
  private final Map<ProbeTarget, SiteState> alike = new HashMap<>();

  private final DownBrake brake;

  /** How many of what is probed are down: it is asked for all the time. */
  private int down;

  /** Takes down whatever fails. */
  public Scoreboard() {
    this(new DownBrake(DownBrake.BrakeSettings.OFF));
  }

  /** Takes down what fails as far as the brake admits. */
  public Scoreboard(DownBrake brake) {
    this.brake = brake;
  }

  /** What goes down for several targets at once counts once. */
  private static final class AskedOnce implements BooleanSupplier {
    private final BooleanSupplier question;
    private @Nullable Boolean answer;

    AskedOnce(BooleanSupplier question) {
      this.question = question;
    }

    @Override
    public boolean getAsBoolean() {
      if (answer == null) {
        answer = question.getAsBoolean();
      }
      return answer;
    }
  }

  /**
   * Takes a new plan into effect: forgets targets that are not in it, except saved ones. One that
   * differs from a known one in the time constant alone begins with what is known of that.
   */
  public void follow(ProbePlan plan) {
    alike.clear();
    saved.forEach((target, state) -> alike.put(target.probed(), state));
    states().forEach((target, state) -> alike.put(target.probed(), state));
    scores.keySet().retainAll(plan.intervals().keySet());
    sharing.clear();
    for (ProbeTarget target : plan.intervals().keySet()) {
      Duration interval = plan.interval(target);
      Duration timeConstant = plan.timeConstant(target);
      @Nullable TargetScore known = scores.get(target);
      if (known == null) {
        known = new TargetScore(interval, timeConstant, before(target));
        scores.put(target, known);
        saved.remove(target);
      } else {
        known.change(interval, timeConstant);
      }
      sharing.computeIfAbsent(target.probed(), _ -> new HashMap<>()).put(target, known);
    }
    alike.keySet().retainAll(sharing.keySet());
    countDown();
  }

  private void countDown() {
    down = (int) sharing.values().stream().filter(Scoreboard::isDown).count();
  }

  private static boolean isDown(Map<ProbeTarget, TargetScore> sharing) {
    return sharing.values().stream().anyMatch(TargetScore::isDown);
  }

  /**
   * The targets of the plan that a probe is about: those that differ in the time constant alone.
   */
  public Set<ProbeTarget> sharing(ProbeTarget probed) {
    return Set.copyOf(scores(probed).keySet());
  }

  /** Adds a measurement to all targets that it is about; one that no target has is dropped. */
  public void accept(Measurement measurement) {
    BooleanSupplier mayGoDown = new AskedOnce(() -> brake.admits(measurement.at(), sharing.size()));
    Map<ProbeTarget, TargetScore> about = scores(measurement.target());
    down -= isDown(about) ? 1 : 0;
    for (TargetScore score : about.values()) {
      score.probed(measurement.at());
      if (measurement.outcome().isAboutSite()) {
        score.accept(measurement, mayGoDown);
      } else {
        score.faulted(measurement);
      }
    }
    down += isDown(about) ? 1 : 0;
  }

  /** Adds a download to all targets that it is about; one that no target has is dropped. */
  public void accept(Transfer transfer) {
    scores(transfer.target()).values().forEach(score -> score.accept(transfer));
  }

  private Map<ProbeTarget, TargetScore> scores(ProbeTarget probed) {
    return sharing.getOrDefault(probed.probed(), Map.of());
  }

  /** What is known of a target, also of a saved one that is not in the plan yet. */
  @Override
  public SiteState of(ProbeTarget target) {
    @Nullable TargetScore score = scores.get(target);
    return score == null ? before(target) : score.state();
  }

  private SiteState before(ProbeTarget target) {
    @Nullable SiteState own = saved.get(target);
    return own == null ? alike.getOrDefault(target.probed(), SiteState.UNKNOWN) : own;
  }

  /**
   * When a probe of a target ended last, however, also one for another time constant; empty if it
   * is not in the plan or none did.
   */
  public Optional<Instant> lastProbe(ProbeTarget target) {
    return scores(target).values().stream()
        .flatMap(score -> score.lastProbe().stream())
        .max(Comparator.naturalOrder());
  }

  /** How many addresses are probed by how many checks. */
  public int probed() {
    return sharing.size();
  }

  /** How many of them are down. */
  public int probedDown() {
    return down;
  }

  /** What was seen of a target, for people. */
  public Observed observed(ProbeTarget target) {
    @Nullable TargetScore score = scores.get(target);
    return score == null ? Observed.NOTHING : score.observed();
  }

  /** Everything that is worth saving, and that {@link #restore} takes back. */
  public Map<ProbeTarget, SiteState> states() {
    Map<ProbeTarget, SiteState> states = new LinkedHashMap<>();
    scores.forEach((target, score) -> {
      SiteState state = score.state();
      if (!state.equals(SiteState.UNKNOWN)) {
        states.put(target, state);
      }
    });
    return states;
  }

  /** Takes over what an earlier process knew; never replaces what this one measured. */
  public void restore(Map<ProbeTarget, SiteState> states) {
    states.forEach((target, state) -> {
      @Nullable TargetScore score = scores.get(target);
      if (score == null) {
        SiteState kept = new SiteState(state.estimate(), state.health(), true);
        saved.put(target, kept);
        alike.put(target.probed(), kept);
      } else {
        score.restore(state);
      }
    });
    countDown();
  }
}
