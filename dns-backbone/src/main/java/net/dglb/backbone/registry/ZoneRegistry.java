package net.dglb.backbone.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ZoneTexts;

/**
 * All registered enterprise zones. Reads come from this node's own tables and never wait; writes
 * are told later what became of them. Used on the control thread only.
 */
public interface ZoneRegistry {

  /** What became of a registration or a removal. */
  sealed interface Outcome {

    /** A majority of the backbone nodes has it on disk, now or earlier. */
    record Stored(long version) implements Outcome {}

    /**
     * Another version than the expected one is stored.
     *
     * @param stored the version to look at, 0 for none
     */
    record OldVersion(long stored, String text) implements Outcome {}

    /** It may not be. */
    record Refused(Reason reason, String text) implements Outcome {

      /** Whether it is another's, or was until lately. */
      public boolean isOfAnother() {
        return reason == Reason.OWNED || reason == Reason.QUARANTINED;
      }
    }

    /** It was not confirmed in time; it may still take effect. Asking again is safe. */
    record Unavailable(String text) implements Outcome {}
  }

  /** Why something may not be. */
  enum Reason {
    /** Another enterprise has the zone, or one above or below it. */
    OWNED,
    /** Another enterprise had it until lately. */
    QUARANTINED,
    /** It was not proved to be the enterprise's. */
    UNPROVED,
    /** The enterprise has zones. */
    IN_USE,
    /** The enterprise would have too much. */
    QUOTA,
    /** There is no such zone or enterprise. */
    UNKNOWN,
    /** It makes no sense. */
    INVALID
  }

  /**
   * Registers a zone or changes it.
   *
   * @param outcome is told once, on the control thread, within the log's patience
   */
  void register(Registration registration, Consumer<Outcome> outcome);

  /** What {@link #register} would be told by what this node knows now; nothing is changed. */
  Outcome dryRun(Registration registration);

  /**
   * Removes a zone; nobody else may have it for a while. DNS answers it until no resolver holds its
   * delegation any more.
   */
  void remove(Removal removal, Consumer<Outcome> outcome);

  /** Makes an enterprise known, or changes its token and quota. */
  void admit(Admission admission, Consumer<Outcome> outcome);

  /** Forgets an enterprise. */
  void dismiss(Dismissal dismissal, Consumer<Outcome> outcome);

  /** Changes what a dynamic update changes. */
  void update(Update update, Consumer<Outcome> outcome);

  /** Gives an enterprise a key for dynamic updates, or takes one away. */
  void key(KeyWish wish, Consumer<Outcome> outcome);

  /** Says something of sites for the whole network, or takes it back. */
  void say(SiteWish wish, Consumer<Outcome> outcome);

  /**
   * Notes in the audit that somebody was refused what is another's, within bounds: what happens
   * again and again is told once, and once an hour how often. What {@link #register} refuses so is
   * noted by itself.
   */
  void refused(Refusal refusal);

  /**
   * Notes at a stop what was refused and only counted so far.
   *
   * @return done once that is in the audit or cannot be
   */
  CompletableFuture<Void> noteCounted();

  /** What operators say of sites for the whole network, as this node has it. */
  NetworkSayings said();

  /** The TXT records that dynamic updates left in a zone. */
  ZoneTexts texts(DomainName origin);

  /**
   * Changes which nodes decide.
   *
   * @param outcome is told once, on the control thread, within the log's patience and a minute
   */
  void change(VoterWish wish, Consumer<Outcome> outcome);

  /**
   * Something that is not registered any more and answered for a while, since resolvers hold what
   * led them to it.
   *
   * @param name of a whole zone that was removed, or of a service that its zone no longer has
   * @param zone the zone in its last version
   * @param until when it ends
   */
  record Leaving(DomainName name, EnterpriseZone zone, Instant until) {}

  /** The zone with this origin, as this node knows it to be registered. */
  Optional<EnterpriseZone> get(DomainName origin);

  /** A zone's signing keys as this node has them, encrypted; without any the number is 0. */
  SealedKeys keys(DomainName origin);

  /**
   * Changes a zone's signing keys, unless they are no longer the ones that this changes.
   *
   * @param outcome as of {@link #register}; the version stored is the number of the new keys
   */
  void putKeys(PutKeys keys, Caller caller, Consumer<Outcome> outcome);

  /** All zones that are registered as this node knows, by origin. */
  List<EnterpriseZone> list();

  /** The zone with this origin as DNS answers it, with what is leaving. */
  Optional<EnterpriseZone> answered(DomainName origin);

  /** All zones that DNS answers, with those that are leaving, by origin. */
  List<EnterpriseZone> answered();

  /** What DNS answers though it is not registered any more. */
  List<Leaving> leaving();

  /** A zone that was removed and is not answered any more, as far as the log remembers it. */
  Optional<Leaving> removed(DomainName origin);

  /** Who is called after any change of what is served, by whatever node. */
  void onChange(Runnable listener);

  /**
   * Who is called after this node has taken commands from the log, also those that change nothing
   * of what is served.
   */
  void onApplied(Runnable listener);

  /** Owners, histories and the audit, as far as this node has taken the log. */
  RegistryState state();

  /**
   * A zone as it was in a version.
   *
   * @throws MalformedMessageException if this node cannot read it
   */
  static EnterpriseZone model(ZoneVersion version) throws MalformedMessageException {
    return ServedZones.model(version.getContent());
  }

  /** How the log stands. */
  LogStatus log();
}
