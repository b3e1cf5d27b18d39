package net.dglb.dns.keys;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.dglb.dns.keys.KeyState.Active;
import net.dglb.dns.keys.KeyState.Announced;
import net.dglb.dns.keys.KeyState.Introduced;
import net.dglb.dns.keys.KeyState.Published;
import net.dglb.dns.keys.KeyState.Retired;
import net.dglb.dns.keys.KeyState.Withdrawn;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;

/**
 * The keys of one zone and the rules by which they follow each other. Immutable: each step gives
 * another chain. Every key signs all of the zone and is an entry point (a combined signing key).
 *
 * @param keys oldest first
 */
public record KeyChain(List<ZoneKey> keys) {

  /** No keys. */
  public static final KeyChain EMPTY = new KeyChain(List.of());

  /** Copies the list. */
  public KeyChain {
    keys = List.copyOf(keys);
  }

  /** Whether there is no key. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The keys that sign. */
  public List<SigningKey> signing() {
    return keys.stream().map(ZoneKey::key).toList();
  }

  /** The keys of the zone's DNSKEY set. */
  public List<SigningKey> published() {
    return keysThat(ZoneKey::isPublished);
  }

  /**
   * The key whose DS record the parent is to have, and no other (RFC 7344 section 4): the newest
   * that the parent may point at. None before the first key is ready for it.
   */
  public Optional<SigningKey> announced() {
    return keys.reversed().stream()
        .filter(key -> key.isAnnounced() || key.isActive())
        .map(ZoneKey::key)
        .findFirst();
  }

  private List<SigningKey> keysThat(Predicate<ZoneKey> condition) {
    return keys.stream().filter(condition).map(ZoneKey::key).toList();
  }

  /** A key that could be added: its tag tells it from all of these. */
  public SigningKey newKey(SigningAlgorithm algorithm) {
    SigningKey key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
    while (find(key.tag()).isPresent()) {
      key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
    }
    return key;
  }

  private Optional<SigningKey> find(int tag) {
    return keys.stream().map(ZoneKey::key).filter(key -> key.tag() == tag).findAny();
  }

  /**
   * The key with a tag.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SigningKey byTag(int tag) {
    return find(tag)
        .orElseThrow(
            () -> new IllegalArgumentException("no key with the tag " + tag + " (see keys list)"));
  }

  /**
   * What an operator's word makes of these.
   *
   * @param algorithm of a new key
   * @throws IllegalArgumentException if that is not possible now
   */
  public KeyChain changed(
      KeyChange change, SigningAlgorithm algorithm, Instant now, KeyTimes times) {
    return switch (change) {
      case KeyChange.Roll _ -> rolled(newKey(algorithm), now, times);
      case KeyChange.GiveUp it -> givenUp(byTag(it.tag()), now, times);
      case KeyChange.ParentHas it ->
          parentHas(it.tags().stream().map(this::byTag).collect(toSet()), now, times);
    };
  }

  /** The keys with their states, for logs; tells nothing secret. */
  public String words() {
    return isEmpty()
        ? "none"
        : keys.stream().map(key -> key.key() + " " + key.state().word()).collect(joining(", "));
  }

  /** Whether another key is on its way to replace the one in use. */
  public boolean isRolling() {
    return keys.size() > 1;
  }

  /**
   * With the first key of a zone that was not signed: it is published at once, since no resolver
   * expects signatures, but not announced before the last unsigned record has left the caches.
   */
  public KeyChain begun(SigningKey key, Instant now, KeyTimes times) {
    return with(new ZoneKey(key, new Published(now, now.plus(times.everything()))));
  }

  /** With a key that is to replace the others. */
  public KeyChain rolled(SigningKey key, Instant now, KeyTimes times) {
    if (isRolling()) {
      throw new IllegalArgumentException(
          "a roll is under way (expected: one key; retire the new key to give the roll up)");
    }
    return with(new ZoneKey(key, new Introduced(now, now.plus(times.records()))));
  }

  private KeyChain with(ZoneKey key) {
    List<ZoneKey> all = new ArrayList<>(keys);
    all.add(key);
    return new KeyChain(all);
  }

  /**
   * The zone is to stay signed after all, although no DS record points at its keys any more: the
   * newest is on its way again.
   */
  public KeyChain resumed(Instant now, KeyTimes times) {
    ZoneKey last = keys.getLast();
    return map(
        key -> key.equals(last) ? key.with(new Published(now, now.plus(times.everything()))) : key);
  }

  /** Whether every key is on its way out. */
  public boolean hasNoFuture() {
    return keys.stream()
        .allMatch(key -> key.state() instanceof Retired || key.state() instanceof Withdrawn);
  }

  /** What time alone brings: each key whose time has come goes on by one state. */
  public KeyChain advanced(Instant now, KeyTimes times) {
    List<ZoneKey> next = new ArrayList<>();
    for (ZoneKey key : keys) {
      switch (key.state()) {
        case Introduced it when !now.isBefore(it.until()) ->
            next.add(key.with(new Published(now, now.plus(times.keySets()))));
        case Published it when !now.isBefore(it.until()) -> next.add(key.with(new Announced(now)));
        case Retired it when !now.isBefore(it.until()) ->
            next.add(key.with(new Withdrawn(now, now.plus(times.keySets()))));
        case Withdrawn it when !now.isBefore(it.until()) -> {
          // Nobody can have use for it any more.
        }
        default -> next.add(key);
      }
    }
    return new KeyChain(next);
  }

  /**
   * What the parent publishes now, as it was looked up or as the operator confirms it.
   *
   * @param seen the keys of this chain that a DS record points at
   */
  public KeyChain parentHas(Set<SigningKey> seen, Instant now, KeyTimes times) {
    boolean another = keys.stream().anyMatch(key -> seen.contains(key.key()) && key.isPublished());
    return map(key ->
        switch (key.state()) {
          case Published _, Announced _ when seen.contains(key.key()) -> key.with(new Active(now));
          case Active _ when another && !seen.contains(key.key()) -> retired(key, now, times);
          default -> key;
        });
  }

  /** The zone is to be unsigned, and the parent has no DS record of it any more. */
  public KeyChain parentHasNone(Instant now, KeyTimes times) {
    return map(key -> key.isActive() || key.isAnnounced() ? retired(key, now, times) : key);
  }

  /** The zone is to be unsigned: no keys once no resolver can expect signatures, else these. */
  public KeyChain ended(Instant now) {
    boolean expected =
        keys.stream()
            .anyMatch(key ->
                key.isActive()
                    || key.isAnnounced()
                    || (key.state() instanceof Retired it && now.isBefore(it.until())));
    return expected ? this : EMPTY;
  }

  private static ZoneKey retired(ZoneKey key, Instant now, KeyTimes times) {
    return key.with(new Retired(now, now.plus(times.delegations())));
  }

  /**
   * Gives up a key that was to replace the others, as far as that is still possible.
   *
   * @throws IllegalArgumentException if a DS record may point at the key
   */
  public KeyChain givenUp(SigningKey key, Instant now, KeyTimes times) {
    ZoneKey held =
        keys.stream()
            .filter(it -> it.key().equals(key))
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException(key + ": not a key of this zone"));
    if (keys.stream().noneMatch(it -> !it.equals(held) && it.isActive())) {
      throw new IllegalArgumentException(
          key + ": no other key is in use (expected: a roll to another key first)");
    }
    return switch (held.state()) {
      case Introduced _ -> without(held);
      case Published _ ->
          map(it -> it.equals(held) ? it.with(new Withdrawn(now, now.plus(times.keySets()))) : it);
      case Announced _, Active _ ->
          throw new IllegalArgumentException(
              key
                  + ": the parent may have its DS record (expected: a key that is not announced"
                  + " yet)");
      case Retired _, Withdrawn _ ->
          throw new IllegalArgumentException(key + ": on its way out already");
    };
  }

  private KeyChain without(ZoneKey key) {
    return new KeyChain(keys.stream().filter(it -> !it.equals(key)).toList());
  }

  private KeyChain map(UnaryOperator<ZoneKey> change) {
    return new KeyChain(keys.stream().map(change).toList());
  }
}
