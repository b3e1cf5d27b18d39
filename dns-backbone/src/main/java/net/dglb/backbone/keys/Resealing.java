package net.dglb.backbone.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.KeyWish;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.ZoneRegistry.Outcome;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew what the registry keeps under a map key of before: keys of zones, and secrets of keys
 * for dynamic updates. One node does it at a time, a few at once. Lives on the control thread.
 */
public final class Resealing {

  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int AT_ONCE = 20;

  private final ZoneRegistry registry;
  private final KeySeal seal;
  private final Caller self;
  private final BooleanSupplier turn;
  private final Timeline timeline;
  private int underWay;

  /**
   * Looks after this registry.
   *
   * @param turn whether it is for this node to do
   */
  public Resealing(
      ZoneRegistry registry, KeySeal seal, Caller self, BooleanSupplier turn, Timeline timeline) {
    this.registry = registry;
    this.seal = seal;
    this.self = self;
    this.turn = turn;
    this.timeline = timeline;
  }

  /** Looks now and then. */
  public void start() {
    timeline.every(PERIOD, PERIOD, this::look);
  }

  /** How many secrets are sealed with a map key of before. */
  public int left() {
    return work().size();
  }

  private void look() {
    if (underWay == 0 && turn.getAsBoolean() && !registry.log().leader().isEmpty()) {
      List<Consumer<Consumer<Outcome>>> work = work();
      work.stream()
          .limit(AT_ONCE)
          .forEach(each -> {
            underWay++;
            each.accept(this::done);
          });
    }
  }

  private void done(Outcome outcome) {
    underWay--;
    if (!(outcome instanceof Outcome.Stored)) {
      LOG.warn("a secret was not sealed anew, and is tried again: {}", outcome);
    }
  }

  private List<Consumer<Consumer<Outcome>>> work() {
    List<Consumer<Consumer<Outcome>>> work = new ArrayList<>();
    if (seal.hasPrevious()) {
      RegistryState state = registry.state();
      state.zones().forEach((origin, zone) -> addZone(work, origin, zone.getKeys(), false));
      state.ownKeys().forEach((origin, keys) -> addZone(work, origin, keys, true));
      state.enterprises().values().forEach(each -> addKeys(work, each));
    }
    return work;
  }

  private void addZone(
      List<Consumer<Consumer<Outcome>>> work, DomainName origin, SealedKeys keys, boolean own) {
    if (seal.isByPrevious(origin, keys.getSealed())) {
      work.add(outcome ->
          registry.putKeys(
              PutKeys.newBuilder()
                  .setOrigin(origin.toString())
                  .setBase(keys.getNumber())
                  .setSealed(seal.seal(origin, seal.open(origin, keys.getSealed())))
                  .setNote("sealed anew")
                  .setOwn(own)
                  .setSame(true)
                  .build(),
              self,
              outcome));
    }
  }

  private void addKeys(List<Consumer<Consumer<Outcome>>> work, EnterpriseRecord enterprise) {
    for (UpdateKey key : enterprise.getUpdateKeysList()) {
      DomainName name = DomainName.of(key.getName());
      if (seal.isByPrevious(name, key.getSealedSecret())) {
        work.add(outcome ->
            registry.key(
                new KeyWish(
                    enterprise.getName(),
                    key.toBuilder()
                        .setSealedSecret(seal.seal(name, seal.open(name, key.getSealedSecret())))
                        .build(),
                    false,
                    key.getSealedSecret(),
                    self),
                outcome));
      }
    }
  }
}
