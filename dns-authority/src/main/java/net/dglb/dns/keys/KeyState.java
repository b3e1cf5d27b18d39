package net.dglb.dns.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a key is in its life. A key goes through the states in this order, and no state is left
 * before everything that resolvers may still have cached goes together with what comes next (RFC
 * 6781 section 4.1.4, the conservative way, which serves for a new algorithm too).
 */
public sealed interface KeyState {

  /** When the state began. */
  Instant since();

  /** The name of the state for people and for the key file. */
  default String word() {
    return switch (this) {
      case Introduced _ -> "introduced";
      case Published _ -> "published";
      case Announced _ -> "announced";
      case Active _ -> "active";
      case Retired _ -> "retired";
      case Withdrawn _ -> "withdrawn";
    };
  }

  /** When it ends by itself; empty if it waits for the parent, or for nothing. */
  default Optional<Instant> end() {
    return switch (this) {
      case Introduced it -> Optional.of(it.until());
      case Published it -> Optional.of(it.until());
      case Retired it -> Optional.of(it.until());
      case Withdrawn it -> Optional.of(it.until());
      case Announced _, Active _ -> Optional.empty();
    };
  }

  /** What may happen next, for people. */
  default String outlook() {
    return switch (this) {
      case Introduced it -> "signs; published at " + it.until();
      case Published it -> "in the zone; announced to the parent at " + it.until();
      case Announced _ -> "waits for its DS record at the parent";
      case Active _ -> "in use";
      case Retired it -> "no DS record points at it; withdrawn at " + it.until();
      case Withdrawn it -> "only signs; forgotten at " + it.until();
    };
  }

  /**
   * Signs, but is not in the zone.
   *
   * @param until when no record is cached any more that it has not signed
   */
  record Introduced(Instant since, Instant until) implements KeyState {}

  /**
   * Is in the zone's DNSKEY set.
   *
   * @param until when no DNSKEY set is cached any more that it is not in
   */
  record Published(Instant since, Instant until) implements KeyState {}

  /** Is in the CDS and CDNSKEY sets; the parent is to publish its DS record. */
  record Announced(Instant since) implements KeyState {}

  /** The parent publishes its DS record. */
  record Active(Instant since) implements KeyState {}

  /**
   * The parent does not publish its DS record any more.
   *
   * @param until when that record is not cached any more
   */
  record Retired(Instant since, Instant until) implements KeyState {}

  /**
   * Is not in the zone any more, but signs.
   *
   * @param until when no DNSKEY set is cached any more that it is in
   */
  record Withdrawn(Instant since, Instant until) implements KeyState {}
}
