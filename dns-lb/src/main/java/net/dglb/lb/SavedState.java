package net.dglb.lb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.DutyListener;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.LabelName;
import net.dglb.lb.duty.SavedDuties;
import net.dglb.lb.measure.OtherPlaces;
import net.dglb.lb.measure.OwnMeasurement;
import net.dglb.lb.measure.SavedEstimates;
import net.dglb.lb.resolvers.ResolverSource;
import net.dglb.lb.session.BackboneNodesKnown;
import net.dglb.lb.state.SaveSchedule;
import net.dglb.lb.state.SavedMessages;
import net.dglb.mapping.wire.BackboneNodes;
import net.dglb.net.Prefix;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which parts are kept on disk under which names, and when they are written. */
final class SavedState implements DutyListener {

  /** Durable maps by name. */
  interface Store {
    Map<String, byte[]> map(String name);

    void commit();

    /** As {@link #commit}, for what may come late. */
    default void save() {
      commit();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);

  /** Duties and services are few and matter at once; estimates come all the time and only age. */
  private static final Duration AFTER_CHANGE = Duration.ofMillis(500);

  private static final Duration AFTER_MEASUREMENT = Duration.ofSeconds(15);
  private static final String RESOLVERS_KEY = "from-file";

  private final Store store;
  private final SaveSchedule changes;
  private final SaveSchedule answers;
  private final SaveSchedule measurements;
  private Runnable restore = () -> {};

  SavedState(Store store, Timeline timeline) {
    this.store = store;
    changes = new SaveSchedule(timeline, AFTER_CHANGE, store::save);
    answers = new SaveSchedule(timeline, AFTER_CHANGE, store::save);
    measurements = new SaveSchedule(timeline, AFTER_MEASUREMENT, store::save);
  }

  /** Names the parts; to be called once, before {@link #restore}. */
  void connect(
      BackboneNodesKnown nodes,
      ResolverSource resolvers,
      Duties duties,
      OtherPlaces places,
      OwnMeasurement measurement,
      String id) {
    SavedDuties savedDuties = new SavedDuties(store::map);
    SavedMessages<BackboneNodes> savedNodes =
        new SavedMessages<>("backbone node", store.map("backbone"), BackboneNodes.parser());
    SavedEstimates own = new SavedEstimates("own estimates", store.map("own-estimates"));
    SavedEstimates others =
        new SavedEstimates("estimates of other places", store.map("place-estimates"));
    changes.add(() -> savedDuties.save(duties));
    changes.add(() -> nodes.save(savedNodes));
    changes.add(() -> saveResolvers(resolvers.fromFile()));
    measurements.add(() -> measurement.save(id, own));
    measurements.add(() -> savePlaces(duties, places, others));
    restore =
        () -> {
          nodes.restore(savedNodes);
          measurement.restore(own);
          places.restore(others);
          savedDuties.restore(duties);
        };
  }

  /** Adds what is to be written as often as estimates are. */
  void add(Runnable saver) {
    measurements.add(saver);
  }

  /** Gives every part what was kept of it. */
  void restore() {
    restore.run();
  }

  /** Something that matters at once changed. */
  void changed() {
    changes.changed();
  }

  /** Another site is answered first; what holds that is in its map already. */
  void answered() {
    answers.changed();
  }

  /** An estimate changed. */
  void measured() {
    measurements.changed();
  }

  /** Writes everything now. */
  void saveNow() {
    changes.saveNow();
    measurements.saveNow();
  }

  @Override
  public void labelChanged(LabelName label) {
    changed();
    measured();
  }

  @Override
  public void acknowledgementOwed() {}

  /** The resolvers that the watched file named last. */
  List<Prefix> loadResolvers() {
    byte[] text = store.map("resolvers").get(RESOLVERS_KEY);
    if (text == null || text.length == 0) {
      return List.of();
    }
    try {
      return new String(text, StandardCharsets.UTF_8).lines().map(Prefix::parse).toList();
    } catch (IllegalArgumentException e) {
      LOG.warn("the saved resolvers are not readable and are left out: {}", e.getMessage());
      return List.of();
    }
  }

  private void saveResolvers(List<Prefix> fromFile) {
    String text = fromFile.stream().map(Prefix::toString).collect(Collectors.joining("\n"));
    store.map("resolvers").put(RESOLVERS_KEY, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void savePlaces(Duties duties, OtherPlaces places, SavedEstimates saved) {
    var needed =
        duties.held().stream()
            .map(HeldDuty::label)
            .map(LabelName::place)
            .collect(Collectors.toSet());
    places.retain(needed::contains);
    places.save(saved);
  }
}
