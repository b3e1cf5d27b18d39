package net.dglb.backbone.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/**
 * All registered enterprise zones. Reads come from this node's own table and never wait; outcomes
 * of writes may come later. Used on the control thread only.
 */
public interface ZoneRegistry {

  /** What became of a registration or a removal. */
  sealed interface Outcome {

    /** It is stored durably, now or earlier. */
    record Stored(long version) implements Outcome {}

    /** A newer version, or another one with the same number, is stored. */
    record OldVersion(long stored) implements Outcome {}

    /** It may not be; the reason is for people. */
    record Refused(String reason) implements Outcome {}
  }

  /**
   * Registers a zone or changes it.
   *
   * @param outcome is told once, on the control thread
   */
  void register(EnterpriseZone zone, Consumer<Outcome> outcome);

  /** Removes a zone of an enterprise; one that is not there counts as removed. */
  void remove(DomainName origin, Consumer<Outcome> outcome);

  /** The zone with this origin. */
  Optional<EnterpriseZone> get(DomainName origin);

  /** All zones by origin. */
  List<EnterpriseZone> list();

  /** Who is called after any change, also by another node. */
  void onChange(Runnable listener);
}
